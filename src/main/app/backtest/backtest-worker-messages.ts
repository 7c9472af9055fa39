import type { SweepFigures, SweepRun } from '#contract/backtest-sweep.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import type { SourceSpec } from './source-spec.ts';

/** What a backtest worker is born with. */
export interface BacktestWorkerBirth {
  readonly spec: SourceSpec;
  readonly bot: DeckBot;
  /** Where the user's strategies lie. */
  readonly dataDirectory: string;
  /** Share of the stretch, at its end, that is played apart; null for none. */
  readonly holdout: number | null;
  readonly progressEveryMs: number;
}

/** Whether whole reports are wanted, or figures to compare. */
export interface BacktestTask {
  readonly index: number;
  readonly params: Readonly<Record<string, unknown>>;
  readonly wantsReport: boolean;
}

export interface SweepStretch {
  readonly fromTime: EpochMs;
  readonly holdoutTime: EpochMs | null;
  readonly toTime: EpochMs;
}

/** It has loaded all that it needs: from here on it can be ended without a word. */
export interface BacktestWorkerLoaded {
  readonly kind: 'loaded';
}

export type FromBacktestWorker =
  /** Its source is open: it takes tasks, one at a time. */
  | { readonly kind: 'ready'; readonly stretch: SweepStretch }
  | { readonly kind: 'progress'; readonly progress: number }
  | {
      readonly kind: 'report';
      readonly index: number;
      /** Its JSON: the main thread has enough to do. */
      readonly packed: Uint8Array;
      readonly figures: SweepFigures;
      /** Why its bot failed on the way; else null. */
      readonly error: string | null;
    }
  | { readonly kind: 'run'; readonly index: number; readonly run: SweepRun }
  /** Nothing can be played at all. */
  | { readonly kind: 'failed'; readonly message: string };
