import type { Candle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';

export type BarState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** Loaded, and there was no trade yet. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly message: string };

/** Where bars are drawn. */
export interface BarView {
  /** `moved`: other bars than before, so that the place looked at means nothing any more. */
  replaceAll(bars: readonly Candle[], moved: boolean): void;
  /** The last bar, or a new one after it. */
  updateLast(bar: Candle): void;
  /** A bar before the last. */
  amend(bar: Candle): void;
  stateChanged(state: BarState): void;
}

/** Keeps a view's bars complete: ascending by open time, each once. */
export interface BarSource {
  readonly bars: readonly Candle[];
  /** The bar that contains `time`; undefined where none does. */
  at(time: EpochMs): Candle | undefined;
  /** Trades that the bar in progress waits for; null where time closes it. */
  readonly tradesLeft: number | null;
  start(): void;
  /** After this the view is never called again. */
  dispose(): void;
  reload(): void;
  /**
   * The page of bars before the first, where there is one; of at least so many where that is given.
   * While one is on its way it is that one.
   */
  loadOlder(atLeast?: number): Promise<void>;
}
