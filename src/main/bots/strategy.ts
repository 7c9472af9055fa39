import type { z } from 'zod';
import type { LogLevel } from '#domain/bot.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { Decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { OrderBook } from '#domain/order-book.ts';
import type { Position } from '#domain/position.ts';
import type { Quote } from '#domain/quote.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';

/** The market of a strategy's instrument, as it stands now. */
export interface StrategyMarket {
  readonly book: Pick<OrderBook, 'isReady' | 'best' | 'level'>;
  readonly quote: Quote | null;
  readonly lastTrade: Trade | null;
}

/** What a strategy asks for: no order without what it is for, in a few words. */
export type StrategyOrder = OrderDraft & { readonly why: string };

/** What a strategy may see and do. Time is the market's, never the machine's. */
export interface StrategyContext {
  readonly instrument: Instrument;
  readonly time: EpochMs;
  readonly position: Position;
  readonly cash: Decimal;
  readonly openOrders: readonly Order[];
  /** The number of the last order that was given one: the next order's is one more. */
  readonly orderSequence: number;
  readonly market: StrategyMarket;
  place(request: StrategyOrder): Order;
  /** As it then stands; undefined where no such order is open. */
  cancel(orderId: string, reason: string): Order | undefined;
  log(level: LogLevel, message: string): void;
}

/**
 * One running strategy. Called in the order of the market's events, so that the same events give the
 * same orders whatever the speed. `state` must be JSON: with it a restarted bot goes on as if it had
 * never stopped.
 */
export interface Strategy {
  /** Once, at a fresh start: after the warm-up, before anything else. */
  onStart?(context: StrategyContext): void;
  /** A closed candle of the time before it began, oldest first. Nothing can be ordered on it. */
  onHistory?(candle: Candle): void;
  /** Candles are missing: what was computed from them holds no longer. History follows. */
  onForget?(): void;
  /** A candle that has closed: the next one has begun. An interval without a trade has no candle. */
  onCandle?(candle: Candle, context: StrategyContext): void;
  onTrade?(trade: Trade, context: StrategyContext): void;
  /** Book or quote has changed: `context.market` shows it. */
  onBook?(context: StrategyContext): void;
  onFill?(fill: Fill, order: Order, context: StrategyContext): void;
  /** An order of its own in a new state. */
  onOrder?(order: Order, context: StrategyContext): void;
  /** Every `timerMs` of the market's time, at the first event from then on. Missed ones are not made up. */
  onTimer?(context: StrategyContext): void;
  /** What it had computed from candles could not be restored: it wants the past once more. */
  readonly wantsHistory?: boolean;
  /**
   * Only of a strategy that thinks elsewhere: its answer to all that it was told since the last call,
   * null where it has none to give. The bot's next event waits for it.
   */
  answer?(context: StrategyContext): Promise<StrategyAnswer> | null;
  /** Its run is over: lets go of what it holds. `state` still tells what it last knew. */
  dispose?(): void;
  state(): unknown;
}

/** What a strategy does once it has thought. */
export type StrategyAnswer = (context: StrategyContext) => void;

export interface StrategyDefinition<P extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  readonly name: string;
  /** One plain paragraph. */
  readonly description: string;
  /** Each field with `title`, `description` and `unit` in its metadata (see `describeStrategy`). */
  readonly parameters: P;
  /** The interval of the candles that it wants; null for none. */
  candles(parameters: z.output<P>): CandleInterval | null;
  /** How many closed candles it wants to know before it begins. */
  warmUpCandles(parameters: z.output<P>): number;
  /** The period of its timer, null for none. */
  timerMs(parameters: z.output<P>): number | null;
  /**
   * Parameters that it takes while it runs, and when a change of them takes effect, as it follows "takes
   * effect ": it goes on with its state and the new ones.
   */
  readonly safeParameters?: Readonly<Record<string, string>>;
  /** `savedState` is what `state()` gave before a restart, undefined at a fresh start. */
  create(parameters: z.output<P>, savedState: unknown): Strategy;
}

type Wishes = 'candles' | 'warmUpCandles' | 'timerMs';
type GivenDefinition<P extends z.ZodObject> = Omit<StrategyDefinition<P>, Wishes> &
  Partial<Pick<StrategyDefinition<P>, Wishes>>;

/**
 * Keeps the type of the parameters inside one definition, and out of the registry. What is left out
 * is not wanted.
 */
export const defineStrategy = <P extends z.ZodObject>(
  given: GivenDefinition<P>,
): StrategyDefinition<P> => ({
  candles: () => null,
  warmUpCandles: () => 0,
  timerMs: () => null,
  ...given,
});
