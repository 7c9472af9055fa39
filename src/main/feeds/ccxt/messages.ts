import type { Result } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { FeedState } from '#domain/feed.ts';
import type { Exchange, Instrument } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Backfill, ClockSample, FeedEnd, Rejection } from '../feed.ts';
import type { ExchangeConfigs } from './exchange-config.ts';

/** What the two threads say to one another: closed unions, each way. Both ends are ours. */

/** What a worker is born with. */
export interface WorkerBirth {
  readonly configs: ExchangeConfigs;
}

/** An exchange that a feed can be had of. */
export interface ExchangeListing {
  readonly id: Exchange;
  readonly name: string;
}

interface Stretch {
  readonly exchange: Exchange;
  readonly symbol: string;
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
}

/** Each question with what it takes and what answers it. */
export interface Questions {
  readonly instruments: {
    readonly asked: { readonly exchange: Exchange; readonly symbols: readonly string[] };
    readonly answer: readonly Instrument[];
  };
  readonly history: {
    readonly asked: Stretch & { readonly interval: CandleInterval };
    readonly answer: readonly Candle[];
  };
  readonly backfill: { readonly asked: Stretch; readonly answer: Backfill };
  readonly exchanges: {
    readonly asked: Readonly<Record<never, never>>;
    readonly answer: readonly ExchangeListing[];
  };
  readonly search: {
    readonly asked: { readonly exchange: Exchange; readonly text: string; readonly limit: number };
    readonly answer: readonly Instrument[];
  };
  readonly searchKnown: {
    readonly asked: { readonly text: string; readonly limit: number };
    readonly answer: readonly Instrument[];
  };
}
export type QuestionKind = keyof Questions;

/** A question of any kind, tagged. */
export type Question = {
  [K in QuestionKind]: { readonly of: K } & Questions[K]['asked'];
}[QuestionKind];

export type ToWorker =
  | { readonly kind: 'ask'; readonly askId: number; readonly question: Question }
  | {
      readonly kind: 'run';
      readonly runId: number;
      readonly exchange: Exchange;
      readonly symbols: readonly string[];
    }
  | { readonly kind: 'stop'; readonly runId: number }
  /** A batch was taken: the worker may send another one (it holds back while many are not). */
  | { readonly kind: 'taken'; readonly runId: number };

export type FromWorker =
  | {
      readonly kind: 'answer';
      readonly askId: number;
      readonly answer: Result<Questions[QuestionKind]['answer']>;
    }
  | {
      readonly kind: 'events';
      readonly runId: number;
      readonly events: readonly MarketEvent[];
    }
  | { readonly kind: 'state'; readonly runId: number; readonly state: FeedState }
  | { readonly kind: 'rejected'; readonly runId: number; readonly rejection: Rejection }
  | { readonly kind: 'clockSample'; readonly runId: number; readonly sample: ClockSample }
  | { readonly kind: 'end'; readonly runId: number; readonly end: FeedEnd }
  /** Something that nobody waited for went wrong: to be logged. */
  | { readonly kind: 'trouble'; readonly reason: string };
