import type { Candle } from '#domain/candle.ts';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { quotient } from '#domain/quotient.ts';
import type { Side } from '#domain/side.ts';
import type { EpochMs } from '#domain/units.ts';

/** All the fills of one side within one bar, or within a few narrow ones. */
export interface FillMarker {
  readonly id: string;
  /** Of the bar that it stands at. */
  readonly openTime: EpochMs;
  readonly side: Side;
  /** In order of execution. */
  readonly fills: readonly Fill[];
}

/** A marker is so wide that on narrower bars some share one. */
const MARKER_PX = 14;
const ROOMY_BAR_PX = 6;

/** How many bars share a marker: powers of two, so that zooming seldom regroups. */
export const barsPerMarker = (barSpacingPx: number): number =>
  barSpacingPx >= ROOMY_BAR_PX ? 1 : 2 ** Math.ceil(Math.log2(MARKER_PX / barSpacingPx));

export interface MarkerBars {
  /** The bar that contains a time; undefined where none does. */
  readonly at: (time: EpochMs) => Candle | undefined;
  /** Its number from the left, which only need keep its order. */
  readonly placeOf: (openTime: EpochMs) => number;
  readonly perMarker: number;
}

/**
 * One marker for each bar (or run of narrow bars) and side, ascending by time; it stands where most of
 * its fills are. Fills outside of all bars have none.
 */
export function groupFillMarkers(fills: readonly Fill[], bars: MarkerBars): FillMarker[] {
  const groups = new Map<string, { side: Side; byBar: Map<EpochMs, Fill[]> }>();
  const placed = new Map<EpochMs, number>();
  for (const fill of fills) {
    const openTime = bars.at(fill.eventTime)?.openTime;
    if (openTime === undefined) continue;
    const bucket = placed.get(openTime) ?? Math.floor(bars.placeOf(openTime) / bars.perMarker);
    placed.set(openTime, bucket);
    const key = `${bucket}:${fill.side}`;
    const group = groups.get(key) ?? { side: fill.side, byBar: new Map<EpochMs, Fill[]>() };
    groups.set(key, group);
    const inBar = group.byBar.get(openTime);
    if (inBar === undefined) group.byBar.set(openTime, [fill]);
    else inBar.push(fill);
  }
  return [...groups.values()]
    .map(markerOf)
    .sort((a, b) => a.openTime - b.openTime || a.side.localeCompare(b.side));
}

function markerOf({ side, byBar }: { side: Side; byBar: Map<EpochMs, Fill[]> }): FillMarker {
  let openTime = 0 as EpochMs;
  let most = 0;
  for (const [time, inBar] of byBar) {
    if (inBar.length <= most) continue;
    openTime = time;
    most = inBar.length;
  }
  const fills = [...byBar.values()].flat().sort(byExecution);
  return { id: `${openTime}:${side}`, openTime, side, fills };
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
  const price = quantity.eq(ZERO) ? ZERO : quotient(cost, quantity);
  return { quantity: toDecimalString(quantity), price: toDecimalString(price) };
}

const byExecution = (a: Fill, b: Fill): number =>
  a.eventTime - b.eventTime || a.id.localeCompare(b.id);
