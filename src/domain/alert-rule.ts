import type { BotState } from './bot.ts';
import type { DecimalString } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import type { Severity } from './notification.ts';
import type { EpochMs, Price } from './units.ts';

export const CROSSING_DIRECTIONS = ['up', 'down', 'either'] as const;
export type CrossingDirection = (typeof CROSSING_DIRECTIONS)[number];

/** What of the hub's own health a rule may watch. Rates are over the hub's reporting period. */
export const HUB_MEASURES = ['latencyP99Ms', 'disconnectsPerSecond', 'connections'] as const;
export type HubMeasure = (typeof HUB_MEASURES)[number];

/** States of a bot that a rule may watch for. */
export const WATCHED_BOT_STATES = [
  'stopped',
  'error',
  'silent',
] as const satisfies readonly BotState[];
export type WatchedBotState = (typeof WATCHED_BOT_STATES)[number];

/** What a rule watches for. Windows are of the market's time. */
export type AlertCondition =
  /** The last price reaches the level, coming from the other side. */
  | {
      readonly kind: 'priceCross';
      readonly instrumentId: InstrumentId;
      readonly level: Price;
      readonly direction: CrossingDirection;
    }
  /** The last price is this far from the lowest (up) or highest (down) of the window. */
  | {
      readonly kind: 'priceMove';
      readonly instrumentId: InstrumentId;
      readonly percent: number;
      readonly direction: CrossingDirection;
      readonly windowMs: number;
    }
  /** The volume of the window is so many times the usual one: the mean of the windows before it. */
  | {
      readonly kind: 'volumeSpike';
      readonly instrumentId: InstrumentId;
      readonly ratio: number;
      readonly windowMs: number;
      readonly baselineWindows: number;
    }
  /** Best ask less best bid, in basis points of their middle. */
  | {
      readonly kind: 'spread';
      readonly instrumentId: InstrumentId;
      readonly aboveBps: number;
    }
  /** What the open position would realise at the last price, in its quote currency. Null: any bot. */
  | {
      readonly kind: 'positionPnl';
      readonly botId: string | null;
      readonly level: DecimalString;
      readonly side: 'above' | 'below';
    }
  /** Equity below its peak, in percent of the peak. */
  | { readonly kind: 'drawdown'; readonly botId: string | null; readonly percent: number }
  | {
      readonly kind: 'botState';
      readonly botId: string | null;
      readonly states: readonly WatchedBotState[];
    }
  /** A feed, or an instrument of it, is stale, disconnected or failed. Null: any exchange. */
  | { readonly kind: 'feedStale'; readonly exchange: string | null }
  | { readonly kind: 'hubHealth'; readonly measure: HubMeasure; readonly above: number };

export type AlertConditionKind = AlertCondition['kind'];

/** What the user decided to be told of. */
export interface AlertRule {
  readonly id: string;
  readonly name: string;
  readonly condition: AlertCondition;
  readonly severity: Severity;
  /** How long the condition must hold before it fires. */
  readonly forMs: number;
  /** For so long after it fired it does not fire again about the same thing. */
  readonly cooldownMs: number;
  readonly isEnabled: boolean;
  /** Whether it is heard as well as seen. */
  readonly sound: boolean;
  /** Comes with Tapedeck: it can be changed and disabled, not removed. */
  readonly isBuiltIn: boolean;
  readonly createdTime: EpochMs;
  readonly updatedTime: EpochMs;
}

/** The instrument that a condition watches; null where it watches none. */
export const watchedInstrument = (condition: AlertCondition): InstrumentId | null =>
  'instrumentId' in condition ? condition.instrumentId : null;
