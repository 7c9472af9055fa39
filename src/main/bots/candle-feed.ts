import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { CandleBuilder } from './candle-builder.ts';
import type { CandleHistory } from './candle-history.ts';
import type { Strategy } from './strategy.ts';

/** More intervals than this without anything known, and what was computed holds no longer. */
const MOST_MISSED_INTERVALS = 3;

/** What a feed knows beside its candle in progress. */
export interface CandleFeedMoment {
  readonly isWarm: boolean;
  readonly hasTold: boolean;
}

export interface CandleFeedOptions {
  readonly interval: CandleInterval;
  readonly warmUpCandles: number;
  readonly history: CandleHistory;
  readonly strategy: Pick<Strategy, 'onHistory' | 'onForget'>;
  /** The one in progress when the bot was stopped last; null at a fresh start. */
  readonly restored: Candle | null;
  /** Where it goes on at the very moment at which it stood; null after a time that nobody saw. */
  readonly moment: CandleFeedMoment | null;
  readonly onClosed: (candle: Candle) => void;
  /** How the warm-up went: a sentence for the bot's log. */
  readonly onWarmedUp: (sentence: string) => void;
}

/**
 * Brings a strategy its candles: those of the past at the start, after a long gap, and where the
 * market's time has jumped back; from then on those that close.
 */
export class CandleFeed {
  readonly #options: CandleFeedOptions;
  readonly #builder: CandleBuilder;
  readonly #intervalMs: number;
  #isWarm: boolean;
  /** Something was told, now or before a restart, that may have to be forgotten. */
  #hasTold: boolean;
  /** The event with which the warm-up began: the history's last candle has it already. */
  #counted: MarketEvent | null = null;

  constructor(options: CandleFeedOptions) {
    this.#options = options;
    this.#intervalMs = INTERVAL_MS[options.interval];
    this.#builder = new CandleBuilder(options.interval, options.onClosed);
    this.#builder.resume(options.restored);
    this.#hasTold = options.moment?.hasTold ?? options.restored !== null;
    this.#isWarm = options.moment?.isWarm ?? false;
  }

  get moment(): CandleFeedMoment {
    return { isWarm: this.#isWarm, hasTold: this.#hasTold };
  }

  get inProgress(): Candle | null {
    return this.#builder.inProgress();
  }

  /** Nothing is known of a stretch this long. */
  onGap(durationMs: number): void {
    if (durationMs > MOST_MISSED_INTERVALS * this.#intervalMs) {
      this.#builder.resume(null);
      this.#isWarm = false;
    }
  }

  /** Makes it ready for an event. A promise where the past is not known at once. */
  prepare(time: EpochMs, event: MarketEvent | null): Promise<void> | null {
    if (this.#isWarm && !this.#hasJumpedBack(time)) return null;
    const missed = this.#builder.intervalsTo(time);
    if (!this.#isWarm && missed !== null && missed >= 0 && missed <= MOST_MISSED_INTERVALS) {
      this.#isWarm = true;
      return null;
    }
    return this.#warmUp(time, event);
  }

  onTrade(trade: Trade, event: MarketEvent): void {
    if (event === this.#counted) this.#counted = null;
    else this.#builder.add(trade);
  }

  onCandle(candle: Candle, endTime: number): void {
    this.#builder.addCandle(candle, endTime);
  }

  #hasJumpedBack(time: EpochMs): boolean {
    const intervals = this.#builder.intervalsTo(time);
    return intervals !== null && intervals < -MOST_MISSED_INTERVALS;
  }

  #warmUp(time: EpochMs, event: MarketEvent | null): Promise<void> | null {
    const { history, interval, warmUpCandles: count } = this.#options;
    const told = history({ interval, count, before: time });
    if (!(told instanceof Promise)) {
      this.#remember(told, time, event);
      return null;
    }
    return told.then((candles) => this.#remember(candles, time, event));
  }

  #remember(candles: readonly Candle[], time: EpochMs, event: MarketEvent | null): void {
    const { strategy, warmUpCandles, interval, onWarmedUp } = this.#options;
    if (this.#hasTold) strategy.onForget?.();
    this.#hasTold = true;
    this.#isWarm = true;
    const closed = candles.filter(({ openTime }) => openTime + this.#intervalMs <= time);
    const past = warmUpCandles > 0 ? closed.slice(-warmUpCandles) : [];
    for (const candle of past) strategy.onHistory?.({ ...candle, isClosed: true });
    const last = candles.at(-1);
    const current = last && last.openTime + this.#intervalMs > time ? last : null;
    this.#builder.resume(current);
    if (current) this.#counted = event;
    if (warmUpCandles === 0) return;
    const known = `${past.length} of ${warmUpCandles} candles (${interval})`;
    onWarmedUp(
      past.length < warmUpCandles
        ? `Warmed up with ${known}: no more is known, so signals come later`
        : `Warmed up with ${known}`,
    );
  }
}
