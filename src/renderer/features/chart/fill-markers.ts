import type { Candle } from '#domain/candle.ts';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Side } from '#domain/side.ts';
import type { EpochMs } from '#domain/units.ts';

/** All the fills of one side within one candle: the chart is slow with a marker for each. */
export interface FillMarker {
  readonly id: string;
  /** Of the candle that it stands at. */
  readonly openTime: EpochMs;
  readonly side: Side;
  /** In order of execution. */
  readonly fills: readonly Fill[];
}

/** One marker for each candle and side, ascending by time. Fills outside of all candles have none. */
export function groupFillMarkers(
  fills: readonly Fill[],
  candleAt: (time: EpochMs) => Candle | undefined,
): FillMarker[] {
  const groups = new Map<string, { openTime: EpochMs; side: Side; fills: Fill[] }>();
  for (const fill of fills) {
    const candle = candleAt(fill.eventTime);
    if (candle === undefined) continue;
    const id = `${candle.openTime}:${fill.side}`;
    const group = groups.get(id);
    if (group === undefined) {
      groups.set(id, { openTime: candle.openTime, side: fill.side, fills: [fill] });
    } else group.fills.push(fill);
  }
  return [...groups]
    .map(([id, group]) => ({ id, ...group, fills: group.fills.sort(byExecution) }))
    .sort((a, b) => a.openTime - b.openTime || a.side.localeCompare(b.side));
}

/** Total quantity and volume-weighted average price. */
export function summarizeFills(fills: readonly Fill[]): {
  quantity: DecimalString;
  price: DecimalString;
} {
  let quantity = ZERO;
  let cost = ZERO;
  for (const fill of fills) {
    quantity = quantity.plus(fill.quantity);
    cost = cost.plus(decimal(fill.quantity).times(fill.price));
  }
  const price = quantity.eq(ZERO) ? ZERO : cost.div(quantity);
  return { quantity: toDecimalString(quantity), price: toDecimalString(price) };
}

const byExecution = (a: Fill, b: Fill): number =>
  a.eventTime - b.eventTime || a.id.localeCompare(b.id);
