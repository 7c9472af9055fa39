import { fail, type Result, succeed } from '#contract/errors.ts';
import { reachesBot } from '#contract/scopes.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Handlers } from './request-handler.ts';

export interface BotRooms {
  readonly bots: Fleet;
  readonly ledger: Ledger;
}

/** Bots, their orders, fills and positions: of live, and of a replay deck. */
export const botHandlers = ({ bots, ledger }: BotRooms) =>
  ({
    'strategies.list': () => succeed({ strategies: [...bots.strategies()] }),
    'bots.list': (_, caller) =>
      succeed({ bots: bots.list().filter(({ config }) => reachesBot(caller, config.id)) }),
    'bots.get': ({ botId }) => bots.get(botId),
    // It would not be among those that he was granted.
    'bots.create': (draft, caller) =>
      caller.bots === 'all' ? bots.create(draft) : fail('access_denied', 'Access denied'),
    'bots.update': (update) => bots.update(update),
    'bots.start': ({ botId }) => bots.start(botId),
    'bots.stop': ({ botId }) => bots.stop(botId),
    'bots.remove': ({ botId }) => bots.remove(botId),
    'bots.logs': ({ botId, limit }) => succeed({ entries: ledger.botLogs.list(botId, limit) }),
    'positions.list': (_, caller) =>
      succeed({ positions: bots.positions().filter(({ botId }) => reachesBot(caller, botId)) }),
    'orders.cancel': ({ orderId }, caller) => {
      const order = ledger.orders.get(orderId);
      return order && reachesBot(caller, order.botId)
        ? bots.cancelOrder(order)
        : fail('not_found', `There is no order ${orderId}`);
    },
    'orders.list': (request, caller) =>
      asPage(ledger.orders.list({ ...request, bots: caller.bots })),
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
