import type { DecimalString } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
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
  readonly createdTime: EpochMs;
}

export interface BotStatus {
  readonly botId: string;
  readonly state: BotState;
  /** Why it is in `error`, else null. */
  readonly error: string | null;
  readonly equity: DecimalString;
  readonly cash: DecimalString;
  readonly realizedPnl: DecimalString;
  readonly unrealizedPnl: DecimalString;
  readonly fees: DecimalString;
  readonly openOrders: number;
  readonly fillCount: number;
  readonly lastFillTime: EpochMs | null;
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
