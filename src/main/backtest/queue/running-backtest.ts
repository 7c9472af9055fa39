import type { BacktestPlan } from '#contract/backtest-requests.ts';
import type { SweepFigures } from '#contract/backtest-sweep.ts';

export interface BacktestAdvance {
  /** 0 to 1. */
  readonly progress: number;
  /** Of a sweep. */
  readonly runsDone: number;
}

/** What came of it, packed as it is kept. */
interface Outcome {
  readonly figures: SweepFigures | null;
  readonly result: Uint8Array;
}

export type BacktestEnd =
  | ({ readonly kind: 'done' } & Outcome)
  /** With what there is up to then, where there is something. */
  | { readonly kind: 'failed'; readonly message: string; readonly outcome: Outcome | null };

/** One that goes on somewhere else. */
export interface RunningBacktest {
  /** Resolves when it is over by itself; never rejects. */
  readonly end: Promise<BacktestEnd>;
  /** At once; nothing more is heard of it. */
  stop(): Promise<void>;
}

export interface RunTerms {
  /** It may have so many threads. */
  readonly threads: number;
  /** A few times a second at most is enough. */
  readonly onAdvance: (advance: BacktestAdvance) => void;
}

export type RunBacktest = (plan: BacktestPlan, terms: RunTerms) => RunningBacktest;
