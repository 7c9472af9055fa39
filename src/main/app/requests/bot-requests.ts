import { fail, type Result, succeed } from '#contract/errors.ts';
import { draftOfManualOrder, draftsOfManualPair } from '#contract/manual-order.ts';
import type { RequestResult } from '#contract/requests.ts';
import { reachesBot } from '#contract/scopes.ts';
import { type EpochMs, MAX_EPOCH_MS } from '#domain/units.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { fillWhy } from '../bots/fill-why.ts';
import type { Handlers } from './request-handler.ts';

export interface BotRooms {
  readonly bots: Fleet;
  readonly ledger: Ledger;
  /** Files of strategies that cannot be used as they are. */
  readonly problems: () => RequestResult<'strategies.list'>['problems'];
}

/** Bots, their orders, fills and positions: of live, and of a replay deck. */
export const botHandlers = ({ bots, ledger, problems }: BotRooms) =>
  ({
    'bots.list': (request, caller) => {
      const listed = request?.archived ? bots.archived() : bots.list();
      return succeed({ bots: listed.filter(({ config }) => reachesBot(caller, config.id)) });
    },
    'strategies.list': () =>
      succeed({ strategies: [...bots.strategies()], problems: [...problems()] }),
    'bots.get': ({ botId }) => bots.get(botId),
    // It would not be among those that he was granted.
    'bots.create': (draft, caller) =>
      caller.bots === 'all' ? bots.create(draft) : fail('access_denied', 'Access denied'),
    'bots.update': (update) => bots.update(update),
    'bots.start': ({ botId }) => bots.start(botId),
    'bots.pause': ({ botId, orders }) => bots.pause(botId, orders),
    'bots.stop': ({ botId, position }) => bots.stop(botId, position),
    'bots.clone': (request, caller) =>
      caller.bots === 'all' ? bots.clone(request) : fail('access_denied', 'Access denied'),
    'bots.archive': ({ botId }) => bots.archive(botId, true),
    'bots.unarchive': ({ botId }) => bots.archive(botId, false),
    'bots.equity': ({ botId, fromTime = 0 as EpochMs, toTime = MAX_EPOCH_MS as EpochMs }) => {
      bots.flush();
      const points = ledger.equity.list(botId, { fromTime, toTime });
      return succeed({ points: points.map(({ botId: _, ...point }) => point) });
    },
    'bots.remove': ({ botId }) => bots.remove(botId),
    'bots.logs': ({ botId, ...request }) => {
      const page = ledger.botLogs.page(botId, request);
      if (!page.ok) return page;
      const { items, nextBefore } = page.value;
      return succeed({ entries: [...items], nextBefore });
    },
    'positions.list': (_, caller) =>
      succeed({ positions: bots.positions().filter(({ botId }) => reachesBot(caller, botId)) }),
    'positions.close': ({ botId }) => bots.closePosition(botId),
    'orders.place': (request) => {
      const draft = draftOfManualOrder(request);
      return draft.ok ? bots.placeOrder(request.botId, draft.value) : draft;
    },
    'orders.placePair': (request) => {
      const drafts = draftsOfManualPair(request);
      if (!drafts.ok) return drafts;
      const placed = bots.placePair(request.botId, drafts.value);
      return placed.ok ? succeed({ orders: [...placed.value] }) : placed;
    },
    'orders.change': ({ orderId, ...prices }, caller) => {
      const order = ledger.orders.get(orderId);
      return order && reachesBot(caller, order.botId)
        ? bots.changeOrder(order, prices)
        : fail('not_found', `There is no order ${orderId}`);
    },
    'orders.cancel': ({ orderId }, caller) => {
      const order = ledger.orders.get(orderId);
      return order && reachesBot(caller, order.botId)
        ? bots.cancelOrder(order)
        : fail('not_found', `There is no order ${orderId}`);
    },
    'orders.list': (request, caller) =>
      asPage(ledger.orders.list({ ...request, bots: caller.bots })),
    'fills.why': ({ fillId }, caller) => {
      bots.flush();
      const why = fillWhy(ledger, fillId);
      return why && reachesBot(caller, why.fill.botId)
        ? succeed(why)
        : fail('not_found', `Of a fill ${fillId} no trail is kept`);
    },
    'fills.list': (request, caller) => asPage(ledger.fills.list({ ...request, bots: caller.bots })),
  }) satisfies Partial<Handlers>;

interface ReadonlyPage<T> {
  readonly items: readonly T[];
  readonly nextBefore: string | null;
}

export const asPage = <T>(
  page: Result<ReadonlyPage<T>>,
): Result<{ items: T[]; nextBefore: string | null }> =>
  page.ok ? succeed({ items: [...page.value.items], nextBefore: page.value.nextBefore }) : page;
