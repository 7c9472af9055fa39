import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestMethod, RequestParams, RequestResult } from '#contract/requests.ts';
import type { Candle } from '#domain/candle.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BotRegistry } from '#main/bots/bot-registry.ts';
import type { FeedSupervisor } from '#main/feeds/supervisor.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { readTrades } from '#main/tape/reader.ts';
import type { TapeRecorder } from '#main/tape/recorder.ts';

export interface RequestRooms {
  readonly info: RequestResult<'system.info'>;
  readonly health: () => RequestResult<'health.get'>;
  readonly feeds: FeedSupervisor;
  readonly market: MarketData;
  readonly bots: BotRegistry;
  readonly ledger: Ledger;
  readonly tape: TapeDatabase;
  readonly recorder: TapeRecorder;
  readonly now: () => EpochMs;
}

type Handler<M extends RequestMethod> = (
  params: RequestParams<M>,
) => Result<RequestResult<M>> | Promise<Result<RequestResult<M>>>;
type Handlers = { readonly [M in RequestMethod]: Handler<M> };

/** One handler for each request of the contract. Parameters are validated before they come here. */
export function createRequestHandler(rooms: RequestRooms) {
  const handlers: Handlers = {
    ...systemHandlers(rooms),
    ...marketHandlers(rooms),
    ...botHandlers(rooms),
    ...ledgerHandlers(rooms),
  };
  return <M extends RequestMethod>(method: M, params: RequestParams<M>) =>
    Promise.resolve((handlers[method] as Handler<M>)(params));
}

const systemHandlers = ({ info, health, feeds }: RequestRooms) =>
  ({
    'system.info': () => succeed(info),
    'health.get': () => succeed(health()),
    'watchlist.get': () => succeed({ instruments: [...feeds.instruments()] }),
    'feeds.list': () => succeed({ feeds: [...feeds.statuses()] }),
    'feeds.add': ({ spec }) => feeds.add(spec),
    'feeds.remove': async ({ feedId }) => {
      const removed = await feeds.remove(feedId);
      return removed.ok ? succeed({ feedId }) : removed;
    },
    'feeds.restart': async ({ feedId }) => {
      const restarted = await feeds.restart(feedId);
      return restarted.ok ? succeed({ feedId }) : restarted;
    },
  }) satisfies Partial<Handlers>;

const marketHandlers = ({ market, feeds, tape, recorder, now }: RequestRooms) =>
  ({
    'candles.get': async ({ instrumentId, interval, limit, before }) => {
      const known = market.of(instrumentId).candles(interval, limit, before);
      if (known.length >= limit) return succeed({ candles: [...known] });
      const toTime = known[0]?.openTime ?? before ?? now();
      const fromTime = (toTime - (limit - known.length) * INTERVAL_MS[interval]) as EpochMs;
      const older: readonly Candle[] = await feeds.history(
        instrumentId,
        interval,
        fromTime,
        toTime,
      );
      return succeed({ candles: [...older, ...known] });
    },
    'trades.get': ({ instrumentId, fromTime, toTime, limit }) => {
      // A failure is the recorder's to report; what is on disk can still be read.
      recorder.flush();
      const newest = fromTime === undefined;
      const trades = readTrades(tape, instrumentId, { fromTime, toTime, limit, newest });
      if (!trades.ok) return trades;
      return succeed({
        trades: trades.value.map(({ id, price, size, aggressorSide, eventTime }) => ({
          id,
          price,
          size,
          side: aggressorSide,
          timestamp: eventTime,
        })),
      });
    },
    'orderbook.get': ({ instrumentId, depth }) => {
      const book = market.of(instrumentId).book.snapshot(depth);
      if (!book) return fail('not_found', `There is no order book of ${instrumentId} now`);
      const { bids, asks, sequence } = book;
      return succeed({ bids: [...bids], asks: [...asks], sequence });
    },
  }) satisfies Partial<Handlers>;

const botHandlers = ({ bots, ledger }: RequestRooms) =>
  ({
    'strategies.list': () => succeed({ strategies: [...bots.strategies()] }),
    'bots.list': () => succeed({ bots: [...bots.list()] }),
    'bots.get': ({ botId }) => bots.get(botId),
    'bots.create': (draft) => bots.create(draft),
    'bots.update': (update) => bots.update(update),
    'bots.start': ({ botId }) => bots.start(botId),
    'bots.stop': ({ botId }) => bots.stop(botId),
    'bots.remove': ({ botId }) => bots.remove(botId),
    'bots.logs': ({ botId, limit }) => succeed({ entries: ledger.botLogs.list(botId, limit) }),
    'positions.list': () => succeed({ positions: bots.list().map(({ position }) => position) }),
    'orders.cancel': ({ orderId }) => {
      const order = ledger.orders.get(orderId);
      return order ? bots.cancelOrder(order) : fail('not_found', `There is no order ${orderId}`);
    },
  }) satisfies Partial<Handlers>;

const ledgerHandlers = ({ ledger }: RequestRooms) =>
  ({
    'orders.list': (request) => asPage(ledger.orders.list(request)),
    'fills.list': (request) => asPage(ledger.fills.list(request)),
    'notifications.list': (request) => {
      const page = asPage(ledger.notifications.list(request));
      const unread = ledger.notifications.unreadCount();
      return page.ok ? succeed({ ...page.value, unread }) : page;
    },
    'notifications.markRead': ({ ids }) => {
      ledger.notifications.markRead(ids ?? 'all');
      return succeed({ unread: ledger.notifications.unreadCount() });
    },
  }) satisfies Partial<Handlers>;

interface ReadonlyPage<T> {
  readonly items: readonly T[];
  readonly nextBefore: string | null;
}

const asPage = <T>(
  page: Result<ReadonlyPage<T>>,
): Result<{ items: T[]; nextBefore: string | null }> =>
  page.ok ? succeed({ items: [...page.value.items], nextBefore: page.value.nextBefore }) : page;
