import type { BotConfig, BotLogEntry, BotState, Pauser } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { Fill } from '#domain/fill.ts';
import type { FillTelling } from '#domain/fill-trail.ts';
import type { Notification } from '#domain/notification.ts';
import type { Order } from '#domain/order.ts';
import type { Performance } from '#domain/performance.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { QuarterEnd } from './equity-watch.ts';
import type { TrailChanges } from './step-trail.ts';

/** What must survive a restart beside orders, fills and position. */
export interface BotRuntime {
  readonly botId: string;
  readonly state: Exclude<BotState, 'silent'>;
  /** Null unless it is `paused`. */
  readonly pausedBy: Pauser | null;
  readonly error: string | null;
  /** Why it is paused or stopped, or what it waits for; null where there is nothing to say. */
  readonly reason: string | null;
  /** It closes its position, and stops when it is flat. */
  readonly isClosing: boolean;
  readonly cash: DecimalString;
  /** What the strategy's `state()` gave; undefined where it has not begun. */
  readonly strategyState: unknown;
  /** What the account's `state()` gave; undefined where it has not begun. */
  readonly accountState: unknown;
  readonly performance: Performance;
  readonly orderSequence: number;
  readonly fillCount: number;
  readonly lastFillTime: EpochMs | null;
}

/** How a bot stands, which its runner does not decide. */
export type Standing = Pick<BotRuntime, 'state' | 'pausedBy' | 'error' | 'reason' | 'isClosing'>;

export interface StoredBot {
  readonly config: BotConfig;
  readonly runtime: BotRuntime;
}

/** Everything that one step of a bot changed: written in one transaction, then published. */
export interface BotChanges {
  readonly runtime: BotRuntime;
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
  readonly position: Position | null;
  readonly logs: readonly BotLogEntry[];
  readonly notifications: readonly Notification[];
  readonly equityPoint: EquityPoint | null;
  /** That are not kept yet. */
  readonly quarterEnds: readonly QuarterEnd[];
  readonly trail: TrailChanges;
  /** Null where it stays as it is. */
  readonly config: BotConfig | null;
}

export interface EquityCurveStore {
  /** Of the first and the last point of a bot's equity curve; null where it has none. */
  times(botId: string): { readonly first: EpochMs; readonly last: EpochMs } | null;
  /** Keeps the first point of each such period. */
  thin(botId: string, periodMs: number): void;
  /** What it came to when it was last known; null where it never was. */
  lastPnl(botId: string): DecimalString | null;
}

/** The ledger as the bots need it. Every call is durable when it returns, and throws when it is not. */
export interface BotStore {
  list(): readonly StoredBot[];
  insert(bot: StoredBot): void;
  remove(botId: string): void;
  openOrders(botId: string): readonly Order[];
  position(botId: string): Position | undefined;
  /** Null where nobody asks for the curves of bots. */
  readonly equity: EquityCurveStore | null;
  /** Several steps, in their order, and when earlier fills were told: all or nothing. */
  commit(steps: readonly BotChanges[], tellings?: readonly FillTelling[]): void;
}

const NO_TRAIL: TrailChanges = { placed: [], accepted: [], filled: [] };

/** A step that changes nothing but the runtime. */
export const onlyRuntime = (runtime: BotRuntime): BotChanges => ({
  runtime,
  orders: [],
  fills: [],
  position: null,
  logs: [],
  notifications: [],
  equityPoint: null,
  quarterEnds: [],
  trail: NO_TRAIL,
  config: null,
});
