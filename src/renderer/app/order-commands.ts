import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestInput, RequestResult } from '#contract/requests.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import { symbolOf } from '#domain/instrument.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { type OrderPrices, pricesAt } from '#domain/order-change.ts';
import type { HubClient } from '../client/hub-client.ts';
import { hubWords } from '../i18n/hub-words.ts';
import { translator } from '../i18n/i18n.ts';
import type { Notices } from '../stores/notices.ts';
import { formatQuantity } from '../ui/format.ts';
import { SIDE_ARROWS } from '../ui/side-arrow.ts';

const t = translator('orders');

/** What the user does to orders by hand. What comes of it, the hub tells every window. */
export class OrderCommands {
  readonly #client: Pick<HubClient, 'request'>;
  readonly #notices: Pick<Notices, 'sayOf'>;

  constructor(client: Pick<HubClient, 'request'>, notices: Pick<Notices, 'sayOf'>) {
    this.#client = client;
    this.#notices = notices;
  }

  /** One that was rejected is a failure, with the reason. One that waits can be taken back. */
  async place(request: RequestInput<'orders.place'>): Promise<Result<Order>> {
    const placed = this.#client.request('orders.place', request).then(unlessRejected);
    return this.#notices.sayOf(placed, (reply) => {
      if (!reply.ok) return null;
      const order = reply.value;
      return {
        text: () =>
          t('said.placed', { order: inShort(order), status: t(`statuses.${order.status}`) }),
        ...(isOpen(order) && { undo: () => this.cancel(order.id) }),
      };
    });
  }

  /** Both or none: where one was refused, that is why. They can be taken back together. */
  async placePair(request: RequestInput<'orders.placePair'>): Promise<Result<readonly Order[]>> {
    const placed = this.#client.request('orders.placePair', request).then(unlessPairRejected);
    return this.#notices.sayOf(placed, (reply) => {
      if (!reply.ok) return null;
      const orders = reply.value;
      return {
        text: () => t('said.pairPlaced', { orders: orders.map(inShort).join(', ') }),
        undo: async () => {
          const replies = await Promise.all(orders.map(({ id }) => this.cancel(id)));
          return replies.find(({ ok }) => !ok) ?? succeed(orders);
        },
      };
    });
  }

  /** To where it acts next: its stop while it waits for that, else its limit. It can be taken back. */
  async move(order: Order, price: number): Promise<Result<Order>> {
    const prices = pricesAt(order, toDecimalString(decimal(price)));
    if (prices === null) return succeed(order);
    const before = pricesBefore(order, prices);
    return this.#notices.sayOf(this.#change(order.id, prices), (reply) =>
      reply.ok
        ? {
            text: () => t('said.moved', { order: inShort(order), price }),
            ...(isOpen(reply.value) && { undo: () => this.#change(order.id, before) }),
          }
        : null,
    );
  }

  cancel(orderId: string): Promise<Result<Order>> {
    return this.#client.request('orders.cancel', { orderId });
  }

  #change(orderId: string, prices: OrderPrices): Promise<Result<Order>> {
    return this.#client.request('orders.change', { orderId, ...prices });
  }
}

export const inShort = ({ side, quantity, instrumentId }: Order): string =>
  `${SIDE_ARROWS[side]} ${formatQuantity(quantity)} ${symbolOf(instrumentId)}`;

/** One that was rejected is a failure, with the reason. */
function unlessRejected(reply: Result<Order>): Result<Order> {
  if (!reply.ok || reply.value.status !== 'rejected') return reply;
  return fail('invalid_state', hubWords(reply.value.reason ?? reply.value.status));
}

function unlessPairRejected(
  reply: Result<RequestResult<'orders.placePair'>>,
): Result<readonly Order[]> {
  if (!reply.ok) return reply;
  const { orders } = reply.value;
  const refusal = pairRefusalOf(orders);
  return refusal === undefined ? succeed(orders) : fail('invalid_state', hubWords(refusal));
}

/** What was wrong with a pair that was not taken: of two reasons the one that the other repeats. */
function pairRefusalOf(orders: readonly Order[]): string | undefined {
  const reasons = orders.flatMap(({ status, reason }) =>
    status === 'rejected' ? (reason ?? status) : [],
  );
  return reasons.sort((one, other) => one.length - other.length)[0];
}

/** The same prices as they were. */
const pricesBefore = ({ limitPrice, triggerPrice }: Order, changed: OrderPrices): OrderPrices => ({
  ...(changed.limitPrice !== undefined && limitPrice !== null && { limitPrice }),
  ...(changed.triggerPrice !== undefined && triggerPrice !== null && { triggerPrice }),
});
