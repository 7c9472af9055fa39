import type { BotConfig, BotLogEntry, BotState, Pauser } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Notification } from '#domain/notification.ts';
import type { Order } from '#domain/order.ts';
import type { Performance } from '#domain/performance.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';

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
}

/** The ledger as the bots need it. Every call is durable when it returns, and throws when it is not. */
export interface BotStore {
  list(): readonly StoredBot[];
  insert(bot: StoredBot): void;
  updateConfig(config: BotConfig): void;
  remove(botId: string): void;
  openOrders(botId: string): readonly Order[];
  position(botId: string): Position | undefined;
  commit(changes: BotChanges): void;
}

/** A step that changes nothing but the runtime. */
export const onlyRuntime = (runtime: BotRuntime): BotChanges => ({
  runtime,
  orders: [],
  fills: [],
  position: null,
  logs: [],
  notifications: [],
});
