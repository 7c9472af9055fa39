import type { FeedStatus } from '#contract/model.ts';
import type { HubMetrics } from '#contract/publications.ts';
import type { AlertLabels } from '#domain/alert.ts';
import type { AlertCondition } from '#domain/alert-rule.ts';
import type { BotState } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';

/** Best bid and ask. */
export interface Touch {
  readonly bidPrice: number;
  readonly askPrice: number;
}

/** What rules look at of a bot. Money is in its instrument's quote currency. */
export interface WatchedBot {
  readonly id: string;
  readonly name: string;
  readonly instrumentId: InstrumentId;
  readonly state: BotState;
  readonly initialCash: DecimalString;
  readonly equity: DecimalString;
  /** Of what it holds. */
  readonly unrealizedPnl: DecimalString;
}

/** What conditions are measured by. Everything that is told has happened already. */
export type AlertNews =
  | {
      readonly of: 'market';
      readonly event: MarketEvent;
      /** After the event; null while there is neither quote nor book. */
      readonly touch: () => Touch | null;
      /** The exchange's clock; ours where it gave none. */
      readonly marketTime: EpochMs;
    }
  | { readonly of: 'bot'; readonly bot: WatchedBot; readonly marketTime: EpochMs | null }
  | { readonly of: 'botRemoved'; readonly botId: string }
  /** All of them, each time. */
  | { readonly of: 'feeds'; readonly feeds: readonly FeedStatus[] }
  | { readonly of: 'metrics'; readonly metrics: HubMetrics; readonly time: EpochMs };

/** What a condition says of one thing at one moment. */
export interface Reading {
  /** What it is about. */
  readonly labels: AlertLabels;
  /** Null: not known. What fires goes on, and nothing new begins. */
  readonly isMet: boolean | null;
  readonly value: number | null;
  readonly marketTime: EpochMs | null;
}

/** What is known of a rule's past when its watching begins. */
export interface WatchPast {
  /** What `memory` gave last. */
  readonly memory: unknown;
  /** Labels of what fires of it. */
  readonly firing: readonly AlertLabels[];
}

/** Measures one condition. */
export interface ConditionWatch {
  /** Nothing, where the news says nothing about it. */
  take(news: AlertNews): readonly Reading[];
  /** What must be known after a restart, as JSON can hold it. */
  memory?(): unknown;
  /** One that goes on from here by itself. */
  copy(): ConditionWatch;
}

export type ConditionOf<K extends AlertCondition['kind']> = Extract<
  AlertCondition,
  { readonly kind: K }
>;

export const NOTHING: readonly Reading[] = [];

export const labelsOfInstrument = (id: InstrumentId) => ({
  instrument: id,
  exchange: namesOf(id).exchange,
});

export const labelsOfBot = ({ id, instrumentId }: WatchedBot): AlertLabels => ({
  bot: id,
  ...labelsOfInstrument(instrumentId),
});

/** One rule may fire about several things at once: these labels tell them apart. */
export const subjectKey = ({ bot = '', feed = '', direction = '' }: AlertLabels): string =>
  `${bot} ${feed} ${direction}`;
