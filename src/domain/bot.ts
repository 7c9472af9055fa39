import type { DecimalString } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import type { RiskLimits } from './risk-limits.ts';
import type { BotSchedule } from './schedule.ts';
import type { EpochMs } from './units.ts';

export const BOT_STATES = ['running', 'paused', 'stopped', 'error', 'silent'] as const;
export type BotState = (typeof BOT_STATES)[number];

/** What the user decided about a bot. Money is in the instrument's quote currency. */
export interface BotConfig {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly instrumentId: InstrumentId;
  /** Validated by the strategy's own schema. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly initialCash: DecimalString;
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
  /** From the decision to the exchange, market time; the paper broker's model. */
  readonly latencyMs: number;
  /** How much worse a taker fares where no book tells, basis points. */
  readonly slippageBps: number;
  /** Value that may be held, in multiples of the equity. */
  readonly leverage: number;
  readonly limits: RiskLimits;
  /** Null: at any time. */
  readonly schedule: BotSchedule | null;
  readonly createdTime: EpochMs;
  /** Out of sight since then, with its history kept; null of the others. */
  readonly archivedTime: EpochMs | null;
}

/** Who paused a bot: what the feed or the schedule paused goes on by itself, what the user did does not. */
export const PAUSERS = ['user', 'schedule', 'feed'] as const;
export type Pauser = (typeof PAUSERS)[number];

/** What a bot that runs elsewhere may say that it can be told to do. */
export const BOT_CAPABILITIES = ['stop'] as const;
export type BotCapability = (typeof BOT_CAPABILITIES)[number];

export interface BotStatus {
  readonly botId: string;
  readonly state: BotState;
  /** Null unless it is `paused`. */
  readonly pausedBy: Pauser | null;
  /** Why it is in `error`, else null. */
  readonly error: string | null;
  /** Why it is paused or was stopped, or what it waits for: a sentence, or null. */
  readonly reason: string | null;
  readonly equity: DecimalString;
  readonly cash: DecimalString;
  readonly realizedPnl: DecimalString;
  readonly unrealizedPnl: DecimalString;
  readonly fees: DecimalString;
  /** What is lost since the best moment, and the most that ever was: of equity, deposits apart. */
  readonly drawdown: DecimalString;
  readonly maxDrawdown: DecimalString;
  /** Since midnight UTC, fees and open quantity included. */
  readonly pnlToday: DecimalString;
  readonly openOrders: number;
  readonly fillCount: number;
  readonly lastFillTime: EpochMs | null;
  /** What it can be told to do, of a bot that runs elsewhere; absent of those that run here. */
  readonly capabilities?: readonly BotCapability[];
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface BotLogEntry {
  readonly botId: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly time: EpochMs;
}

/** The strategy of a bot that runs elsewhere and only reports here. */
export const EXTERNAL_STRATEGY = 'external';
