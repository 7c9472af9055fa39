import type { LogLevel } from '#domain/bot.ts';
import type { Candle } from '#domain/candle.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Position } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { StrategyOrder } from '../strategy.ts';
import type { Manifest } from './manifest.ts';
import type { SavedModule } from './saved-module.ts';

export type Sources = Readonly<Record<string, string>>;

/** What a thread is born with: to look at a module, or to run it for one bot. */
export interface ThreadBirth {
  /** The user's module, an absolute path within `folder`. */
  readonly file: string;
  readonly folder: string;
  /** What its files held when they were looked at, by path; null: what they hold now. */
  readonly sources: Sources | null;
  /** Null: to say what it is, and no more. */
  readonly run: {
    readonly botId: string;
    /** Of its random numbers: the same for the same module and parameters, wherever it runs. */
    readonly seed: string;
    readonly instrument: Instrument;
    readonly parameters: Readonly<Record<string, unknown>>;
    /** What the last answer gave as its state, undefined at a fresh start. */
    readonly saved: SavedModule | undefined;
  } | null;
  readonly memoryMb: number;
  /** The number of the callback that runs, for who looks at the thread from outside. */
  readonly callback: Int32Array;
}

/** What happened to a bot, in order. */
export type Told =
  | { readonly of: 'start' | 'forget' | 'timer' | 'book' }
  | { readonly of: 'history' | 'candle'; readonly candle: Candle }
  | { readonly of: 'trade'; readonly trade: Trade }
  | { readonly of: 'fill'; readonly fill: Fill; readonly order: Order }
  | { readonly of: 'order'; readonly order: Order };

/** The bot as it stands when it is asked. */
export interface BotSnapshot {
  readonly time: number;
  readonly position: Position;
  readonly cash: DecimalString;
  readonly openOrders: readonly Order[];
  /** Of the last order given out: the next one's is one more. */
  readonly orderSequence: number;
  readonly lastPrice: number | null;
  /** Best first; one level where the module does not ask for the book. */
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

/** `place` is at the line of the user's file. */
export type Action =
  | {
      readonly do: 'place';
      readonly order: StrategyOrder;
      readonly id: string;
      readonly at: string | null;
    }
  | { readonly do: 'cancel'; readonly orderId: string; readonly why: string }
  | { readonly do: 'log'; readonly level: LogLevel; readonly message: string };

export interface Question {
  readonly told: readonly Told[];
  readonly bot: BotSnapshot;
}

/** What went wrong in the user's module, with the place (`name.ts:12`) where it is known. */
export interface ModuleFault {
  readonly message: string;
  readonly at: string | null;
}

export type FromThread =
  /** It has come up, and thinks of what it was asked meanwhile. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'manifest'; readonly manifest: Manifest; readonly sources: Sources }
  | { readonly kind: 'answer'; readonly actions: readonly Action[]; readonly state: SavedModule }
  | { readonly kind: 'fault'; readonly fault: ModuleFault };

/** The callbacks, by the numbers that `ThreadBirth.callback` shows; 0 is none. */
export const CALLBACKS = [
  null,
  'module',
  'indicators',
  'state',
  'onStart',
  'onCandle',
  'onTrade',
  'onBook',
  'onFill',
  'onOrder',
  'onTimer',
] as const;
export type Callback = NonNullable<(typeof CALLBACKS)[number]>;
