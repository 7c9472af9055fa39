import type { TruthTrade } from '../fake-exchange.ts';
import { checksumOf, type WireLevel } from './checksum.ts';
import type { Pair, RecordedStats } from './recording.ts';

type Level = readonly [price: number, size: number];

/** How many digits Kraken writes for an instrument. */
export interface Precision {
  readonly price: number;
  readonly size: number;
}
export const precisionOf = (pair: Pair): Precision => ({
  price: pair.pair_decimals,
  size: pair.lot_decimals,
});

export const wireLevel = ([price, size]: Level, precision: Precision): WireLevel => [
  price.toFixed(precision.price),
  size.toFixed(precision.size),
];

/** RFC 3339 with microseconds; those below the millisecond are zero. */
export const timeText = (time: number): string => new Date(time).toISOString().replace('Z', '000Z');

const levelsText = (levels: readonly WireLevel[]): string =>
  levels.map(([price, qty]) => `{"price":${price},"qty":${qty}}`).join(',');

export interface BookMessage {
  readonly type: 'snapshot' | 'update';
  readonly symbol: string;
  readonly bids: readonly WireLevel[];
  readonly asks: readonly WireLevel[];
  readonly checksum: number;
  readonly time: number;
}

/** Numbers are written by hand: Kraken sends them with their trailing zeros, JSON.stringify cannot. */
export const bookText = ({ type, symbol, bids, asks, checksum, time }: BookMessage): string =>
  `{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}","bids":[${levelsText(bids)}],` +
  `"asks":[${levelsText(asks)}],"checksum":${checksum},"timestamp":"${timeText(time)}"}]}`;

/** Of a whole book; only its ten best levels matter. */
export const bookChecksum = (
  bids: readonly Level[],
  asks: readonly Level[],
  precision: Precision,
): number => {
  const texts = (levels: readonly Level[]) =>
    levels.slice(0, 10).map((level) => wireLevel(level, precision));
  return checksumOf(texts(bids), texts(asks));
};

export function tradesText(
  type: 'snapshot' | 'update',
  symbol: string,
  trades: readonly (TruthTrade & { readonly orderType: string })[],
  precision: Precision,
): string {
  const data = trades.map(
    (trade) =>
      `{"symbol":"${symbol}","side":"${trade.aggressorSide}",` +
      `"price":${trade.price.toFixed(precision.price)},"qty":${trade.size.toFixed(precision.size)},` +
      `"ord_type":"${trade.orderType}","trade_id":${trade.id},"timestamp":"${timeText(trade.time)}"}`,
  );
  return `{"channel":"trade","type":"${type}","data":[${data.join(',')}]}`;
}

export function tickerText(
  type: 'snapshot' | 'update',
  symbol: string,
  [bid, ask]: readonly [bid: WireLevel | undefined, ask: WireLevel | undefined],
  stats: RecordedStats,
): string {
  const change = Number(stats.last) - Number(stats.open);
  const percent = (change / Number(stats.open)) * 100;
  const best = (name: string, level: WireLevel | undefined) =>
    level ? `"${name}":${level[0]},"${name}_qty":${level[1]},` : '';
  return (
    `{"channel":"ticker","type":"${type}","data":[{"symbol":"${symbol}",${best('bid', bid)}` +
    `${best('ask', ask)}"last":${stats.last},"volume":${stats.volume},"vwap":${stats.vwap},` +
    `"low":${stats.low},"high":${stats.high},"change":${change.toFixed(8)},` +
    `"change_pct":${percent.toFixed(2)}}]}`
  );
}
