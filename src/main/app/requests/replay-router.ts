import { requestScopes } from '#contract/access.ts';
import { deckAlertLabels, deckInstrumentId, sourceInstrumentId } from '#contract/decks.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestMethod, RequestParams, RequestResult } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { AlertLabels } from '#domain/alert.ts';
import { candleOpenTime, INTERVAL_MS, plainCandle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Replay, ReplayDeck } from '../replay/compose-replay.ts';
import { asPage, botHandlers } from './bot-requests.ts';
import type { Handler, Handlers } from './request-handler.ts';
import { toWireTrade } from './wire-trade.ts';

/** Answers any request of the contract. */
export type RequestHandler = <M extends RequestMethod>(
  method: M,
  params: RequestParams<M>,
  caller: Caller,
) => Promise<Result<RequestResult<M>>>;

/**
 * Requests that name an instrument, a bot or an order of a replay deck are answered by the deck,
 * all others by `live`. So clients ask both in the same way.
 */
export function routeToDecks(live: RequestHandler, replay: Replay): RequestHandler {
  return async (method, params, caller) => {
    // One looks at a deck, and the note is one's own: on what the deck plays.
    if (ONES_OWN.has(method)) return live(method, withSourceId(params), caller);
    const deck = addressee(replay, method, params);
    if (!deck) return live(method, params, caller);
    if (!isOpenTo(method, caller)) return fail('access_denied', 'Access denied');
    const handlers: Partial<Handlers> = deckHandlers(deck);
    const handler = handlers[method] as Handler<typeof method> | undefined;
    if (!handler) return fail('invalid_payload', 'That cannot be asked of a replay deck');
    if (requestScopes[method] !== 'read') deck.interfere();
    const answer = await handler(withSourceId(params), caller);
    if (CHANGING.has(method)) deck.tell();
    return answer.ok ? succeed(withDeckIds(deck.id, answer.value)) : answer;
  };
}

const ONES_OWN: ReadonlySet<RequestMethod> = new Set([
  ...(['journal.list', 'journal.marks', 'journal.write'] as const),
]);

/** After these the deck may have other bots than before. */
const CHANGING: ReadonlySet<RequestMethod> = new Set(['bots.create', 'bots.clone', 'bots.remove']);

const ORDER_NUMBER = /-\d+$/;
const FILL_NUMBER = /-f\d+$/;

/** They are of live, or of the deck that they name. */
const OF_LIVE_OR_DECK: ReadonlySet<RequestMethod> = new Set(['alerts.list', 'alerts.listRules']);

/** Decks and all alerts are the owner's: who was granted single bots looks at what a deck plays (rule H2). */
const isOpenTo = (method: RequestMethod, { bots }: Caller): boolean =>
  bots === 'all' || (requestScopes[method] === 'read' && !OF_LIVE_OR_DECK.has(method));

function addressee(replay: Replay, method: RequestMethod, params: unknown): ReplayDeck | undefined {
  if (typeof params !== 'object' || params === null) return undefined;
  if (OF_LIVE_OR_DECK.has(method)) {
    return 'deckId' in params ? replay.decks.find(String(params.deckId)) : undefined;
  }
  if ('botId' in params && typeof params.botId === 'string') return replay.ofBot(params.botId);
  if ('orderId' in params && typeof params.orderId === 'string') {
    return replay.ofBot(params.orderId.replace(ORDER_NUMBER, ''));
  }
  if ('fillId' in params && typeof params.fillId === 'string') {
    return replay.ofBot(params.fillId.replace(FILL_NUMBER, ''));
  }
  return 'instrumentId' in params && typeof params.instrumentId === 'string'
    ? replay.ofInstrument(params.instrumentId)
    : undefined;
}

function deckHandlers(deck: ReplayDeck) {
  const { source, stage } = deck;
  const { market, fleet: bots, ledger } = stage;
  return {
    ...botHandlers({ bots, ledger, problems: () => [] }),
    'alerts.listRules': () => succeed({ rules: [...stage.alertRules()] }),
    'alerts.list': ({ deckId: _, ...request }) => asPage(ledger.alerts.list(request)),
    'candles.get': ({ instrumentId, interval, limit, before }) => {
      const known = market.of(instrumentId).candles(interval, limit, before);
      if (known.length >= limit) return succeed({ candles: known.map(plainCandle) });
      // Of what is not over yet the deck must not show the end.
      const closedBy = candleOpenTime(deck.time, interval);
      const toTime = Math.min(known[0]?.openTime ?? before ?? closedBy, closedBy) as EpochMs;
      const backMs = (limit - known.length) * INTERVAL_MS[interval];
      const fromTime = Math.max(0, toTime - backMs) as EpochMs;
      const older = source.candles(instrumentId, interval, { fromTime, toTime });
      return older.ok ? succeed({ candles: [...older.value, ...known].map(plainCandle) }) : older;
    },
    'trades.get': ({ instrumentId, fromTime, toTime, limit }) => {
      const trades = deck.trades(instrumentId, { fromTime, toTime, limit });
      return trades.ok ? succeed({ trades: trades.value.map(toWireTrade) }) : trades;
    },
    'orderbook.get': ({ instrumentId, depth }) => {
      const book = market.of(instrumentId).book.snapshot(depth);
      const why = source.books.reason ?? 'There is no order book at this moment of the recording.';
      if (!book) return fail('not_found', why);
      const { bids, asks, sequence } = book;
      return succeed({ bids: [...bids], asks: [...asks], sequence });
    },
  } satisfies Partial<Handlers>;
}

/** Inside of a deck instruments have their own ids. */
function withSourceId<T>(params: T): T {
  if (typeof params !== 'object' || params === null || !('instrumentId' in params)) return params;
  const sourceId = sourceInstrumentId(String(params.instrumentId));
  return sourceId === undefined ? params : { ...params, instrumentId: sourceId };
}

function renamed(deckId: string, key: string, value: unknown): unknown {
  if (key === 'instrumentId') return deckInstrumentId(deckId, value as InstrumentId);
  return key === 'labels' ? deckAlertLabels(deckId, value as AlertLabels) : undefined;
}

/** And outside the deck's, wherever they stand in an answer. */
function withDeckIds<T>(deckId: string, value: T): T {
  const rename = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(rename);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [
        key,
        renamed(deckId, key, inner) ?? rename(inner),
      ]),
    );
  };
  // Only ids were replaced: it is still of its type.
  return rename(value) as T;
}
