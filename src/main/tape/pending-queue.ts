import type { Result } from '#contract/errors.ts';
import { succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { BackfilledStretch, TapeGap } from './tape-store.ts';

export interface TapeBackfill extends BackfilledStretch {
  /** Oldest first. */
  readonly trades: readonly Trade[];
}

export type PendingItem =
  | { readonly kind: 'trade'; readonly trade: Trade }
  | { readonly kind: 'gap'; readonly gap: TapeGap }
  | { readonly kind: 'backfill'; readonly backfill: TapeBackfill };

const tradesIn = (item: PendingItem): number => {
  if (item.kind === 'backfill') return item.backfill.trades.length;
  return item.kind === 'trade' ? 1 : 0;
};

/** What the tape has been told and has not looked at yet, in order. Trades beyond its bound become a gap. */
export class PendingQueue {
  #items: PendingItem[] = [];
  #trades = 0;
  #dropped = 0;
  readonly #drops = new Map<InstrumentId, TapeGap>();

  get trades(): number {
    return this.#trades;
  }

  get dropped(): number {
    return this.#dropped;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** `room`: how many trades it may hold. */
  pushTrade(trade: Trade, room: number): void {
    if (this.#trades >= room) {
      this.#drop(trade);
      return;
    }
    this.#endDrop(trade.instrumentId);
    this.#items.push({ kind: 'trade', trade });
    this.#trades++;
  }

  pushGap(gap: TapeGap): void {
    this.#items.push({ kind: 'gap', gap });
  }

  /** What there is no room for stays the gap that it was. */
  pushBackfill(backfill: TapeBackfill, room: number): void {
    if (this.#trades + backfill.trades.length > room) {
      this.#dropped += backfill.trades.length;
      return;
    }
    this.#items.push({ kind: 'backfill', backfill });
    this.#trades += backfill.trades.length;
  }

  /** There is room again: marks what was dropped, although no trade follows it yet. */
  endDrops(): void {
    for (const instrumentId of [...this.#drops.keys()]) this.#endDrop(instrumentId);
  }

  /** Hands out the items in order until one is refused; that one and the rest stay. */
  drain(take: (item: PendingItem) => Result<void>): Result<void> {
    const items = this.#items;
    let result = succeed<void>(undefined);
    let taken = 0;
    for (const item of items) {
      result = take(item);
      if (!result.ok) break;
      taken++;
      this.#trades -= tradesIn(item);
    }
    this.#items = items.slice(taken);
    return result;
  }

  #drop(trade: Trade): void {
    this.#dropped++;
    const { instrumentId, eventTime } = trade;
    const drop = this.#drops.get(instrumentId);
    this.#drops.set(instrumentId, {
      instrumentId,
      fromTime: Math.min(drop?.fromTime ?? eventTime, eventTime),
      toTime: Math.max(drop?.toTime ?? eventTime, eventTime),
      reason: 'the tape could not be written',
    });
  }

  #endDrop(instrumentId: InstrumentId): void {
    const drop = this.#drops.get(instrumentId);
    if (!drop) return;
    this.#drops.delete(instrumentId);
    this.pushGap(drop);
  }
}
