import type { BookLevel } from '#domain/order-book.ts';
import type { Side } from '#domain/side.ts';
import { type EpochMs, isEpochMs, type Price, type Size } from '#domain/units.ts';
import type { BinanceMessage } from './messages.ts';

/**
 * Reads Binance's own payloads; its field names go no further than this file.
 * https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams and
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams
 */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** The fields that are read here; nothing is known of their values yet. */
type Field =
  | ('stream' | 'data' | 'result' | 'id' | 'lastUpdateId' | 'bids' | 'asks')
  | ('E' | 'T' | 's' | 't' | 'a' | 'p' | 'q' | 'm' | 'M' | 'u' | 'U' | 'pu' | 'b' | 'B' | 'A')
  | ('o' | 'S' | 'ap' | 'z');
type Fields = { readonly [F in Field]?: unknown };

/** Thrown and caught in this file only: what is wrong with a payload. */
class Unacceptable extends Error {}

/** Of the whole market. */
const ALL_FORCED_ORDERS = '!forceOrder@arr';
const FORCED_SIDES: ReadonlyMap<unknown, Side> = new Map([
  ['BUY', 'buy'],
  ['SELL', 'sell'],
]);

const OTHER: Parsed<BinanceMessage> = { ok: true, value: { kind: 'other' } };

/** A message as text: a combined-stream frame, or the REST depth answer. */
export function parseBinanceText(text: string): Parsed<BinanceMessage> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not valid JSON' };
  }
  return parseBinanceMessage(json);
}

function parseBinanceMessage(json: unknown): Parsed<BinanceMessage> {
  if (!isFields(json)) return { ok: false, reason: 'not a JSON object' };
  try {
    if ('stream' in json) return parseStream(json);
    if ('lastUpdateId' in json) return { ok: true, value: depthSnapshot(json) };
  } catch (error) {
    if (error instanceof Unacceptable) return { ok: false, reason: error.message };
    throw error;
  }
  if ('result' in json && 'id' in json) return OTHER;
  return { ok: false, reason: 'neither a stream message nor a depth snapshot' };
}

function parseStream(frame: Fields): Parsed<BinanceMessage> {
  const { stream, data } = frame;
  if (typeof stream !== 'string') throw new Unacceptable('stream is not text');
  if (!isFields(data)) throw new Unacceptable(`${stream}: data is not an object`);
  if (stream === ALL_FORCED_ORDERS) return { ok: true, value: forcedOrder(data) };
  switch (stream.split('@')[1]) {
    case 'trade':
      return { ok: true, value: trade(data, 'trade', data.t) };
    case 'aggTrade':
      return { ok: true, value: trade(data, 'aggregateTrade', data.a) };
    case 'bookTicker':
      return { ok: true, value: quote(data) };
    case 'depth':
      return { ok: true, value: depth(data) };
    case 'forceOrder':
      return { ok: true, value: forcedOrder(data) };
    default:
      return OTHER;
  }
}

function trade(data: Fields, kind: 'trade' | 'aggregateTrade', id: unknown): BinanceMessage {
  const buyerIsMaker = data.m;
  if (typeof buyerIsMaker !== 'boolean') throw new Unacceptable('trade: m is not true or false');
  return {
    kind,
    // Only spot sends the field, which it documents as one to ignore.
    market: data.M === undefined ? 'usdm' : 'spot',
    symbol: symbol(data),
    id: String(wholeNumber(id, 'trade id')),
    price: positive(data.p, 'trade price') as Price,
    size: positive(data.q, 'trade size') as Size,
    aggressorSide: buyerIsMaker ? 'sell' : 'buy',
    eventTime: time(data.T, 'trade time'),
  };
}

function quote(data: Fields): BinanceMessage {
  return {
    kind: 'quote',
    market: data.T === undefined ? 'spot' : 'usdm',
    symbol: symbol(data),
    updateId: wholeNumber(data.u, 'quote update id'),
    bidPrice: positive(data.b, 'bid price') as Price,
    bidSize: size(data.B, 'bid size'),
    askPrice: positive(data.a, 'ask price') as Price,
    askSize: size(data.A, 'ask size'),
    eventTime: data.T === undefined ? null : time(data.T, 'quote time'),
  };
}

function depth(data: Fields): BinanceMessage {
  const firstUpdateId = wholeNumber(data.U, 'depth first update id');
  const lastUpdateId = wholeNumber(data.u, 'depth last update id');
  if (lastUpdateId < firstUpdateId) throw new Unacceptable('depth update ids are reversed');
  const previous = data.pu;
  return {
    kind: 'depth',
    market: previous === undefined ? 'spot' : 'usdm',
    symbol: symbol(data),
    firstUpdateId,
    lastUpdateId,
    previousUpdateId:
      previous === undefined ? null : wholeNumber(previous, 'depth previous update id'),
    bids: levels(data.b, 'depth bids'),
    asks: levels(data.a, 'depth asks'),
    eventTime: time(data.E, 'depth time'),
  };
}

/**
 * `l` is its last fill and `z` all of them; `ap` is their average price.
 * https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Liquidation-Order-Streams
 */
function forcedOrder({ o: order }: Fields): BinanceMessage {
  if (!isFields(order)) throw new Unacceptable('forced order: o is not an object');
  const side = FORCED_SIDES.get(order.S);
  if (side === undefined) throw new Unacceptable('forced order: S is not BUY or SELL');
  return {
    ...{ kind: 'forcedOrder', symbol: symbol(order), side },
    price: positive(order.ap, 'forced order: price') as Price,
    size: positive(order.z, 'forced order: size') as Size,
    eventTime: time(order.T, 'forced order: time'),
  };
}

function depthSnapshot(data: Fields): BinanceMessage {
  return {
    kind: 'depthSnapshot',
    lastUpdateId: wholeNumber(data.lastUpdateId, 'snapshot update id'),
    bids: levels(data.bids, 'snapshot bids'),
    asks: levels(data.asks, 'snapshot asks'),
    eventTime: data.E === undefined ? null : time(data.E, 'snapshot time'),
  };
}

function levels(value: unknown, what: string): readonly BookLevel[] {
  if (!Array.isArray(value)) throw new Unacceptable(`${what} are not a list`);
  return value.map((level: unknown) => {
    if (!Array.isArray(level)) throw new Unacceptable(`${what}: a level is not a pair`);
    return [positive(level[0], `${what}: price`), size(level[1], `${what}: size`)];
  });
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function symbol(data: Fields): string {
  const name = data.s;
  if (typeof name !== 'string' || name === '') throw new Unacceptable('no symbol');
  return name;
}

/** Binance writes decimals as text in plain notation. */
const PLAIN_DECIMAL = /^\d{1,20}(?:\.\d{1,20})?$/;

function size(value: unknown, what: string): Size {
  if (typeof value !== 'string' || !PLAIN_DECIMAL.test(value)) {
    throw new Unacceptable(`${what} is not a decimal`);
  }
  return Number(value) as Size;
}

function positive(value: unknown, what: string): number {
  const number = size(value, what);
  if (number === 0) throw new Unacceptable(`${what} is zero`);
  return number;
}

function wholeNumber(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new Unacceptable(`${what} is not a whole number`);
  }
  return value;
}

function time(value: unknown, what: string): EpochMs {
  if (typeof value !== 'number' || !Number.isInteger(value) || !isEpochMs(value)) {
    throw new Unacceptable(`${what} is not in epoch milliseconds`);
  }
  return value;
}
