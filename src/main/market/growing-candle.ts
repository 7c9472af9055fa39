import type { Candle } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import { higherOf, lowerOf } from '#domain/units.ts';

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/**
 * A candle with the event times of its first and its last trade: exchanges print out of order, and
 * whatever came when, the first opens and the last closes, as on the tape.
 */
export interface HeldCandle {
  candle: Candle;
  openedAt: number;
  closedAt: number;
}

/** `isFollowed`: by a later candle. Of trades of one moment the one that came first opens. */
export function extend(held: HeldCandle, trade: Trade, isFollowed: boolean): void {
  const candle = { ...held.candle };
  grow(candle, held, trade);
  // History ends with a candle that says closed, and that the first live trade may reopen.
  candle.isClosed = isFollowed && candle.isClosed;
  held.candle = candle;
}

function grow(candle: Mutable<Candle>, held: HeldCandle, trade: Trade): void {
  const { price, size, eventTime } = trade;
  if (eventTime < held.openedAt) {
    held.openedAt = eventTime;
    candle.open = price;
  }
  if (eventTime >= held.closedAt) {
    held.closedAt = eventTime;
    candle.close = price;
  }
  candle.high = higherOf(price, candle.high);
  candle.low = lowerOf(price, candle.low);
  candle.volume += size;
  if (candle.buyVolume !== null && trade.aggressorSide === 'buy') candle.buyVolume += size;
  if (candle.tradeCount !== null) candle.tradeCount += 1;
}

/**
 * The candle in progress while trades come, in memory of its own: it becomes a candle that others may
 * keep only when one asks for it.
 */
export class GrowingCandle {
  #candle: Mutable<Candle> | null = null;

  /** Takes a trade of the candle's interval. */
  add(held: HeldCandle, trade: Trade): void {
    this.#candle ??= { ...held.candle, isClosed: false };
    grow(this.#candle, held, trade);
  }

  /** Puts what has grown in its place. */
  settle(held: HeldCandle): void {
    if (!this.#candle) return;
    held.candle = this.#candle;
    this.#candle = null;
  }

  forget(): void {
    this.#candle = null;
  }
}
