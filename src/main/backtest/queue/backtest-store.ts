import type { BacktestPlan, BacktestStanding } from '#contract/backtest-requests.ts';
import type { Result } from '#contract/errors.ts';

/** A backtest: what was asked for, and how it stands. */
export interface Backtest extends BacktestStanding {
  readonly plan: BacktestPlan;
}

/** Where backtests are kept, with what came of them. */
export interface BacktestStore {
  insert(backtest: Backtest): void;
  update(standing: BacktestStanding, result?: Uint8Array): void;
  remove(id: string): void;
  get(id: string): Backtest | null;
  /** Newest first. */
  list(request: { readonly limit: number; readonly before?: string | undefined }): Result<{
    readonly items: readonly Backtest[];
    readonly nextBefore: string | null;
  }>;
  /** Oldest first. */
  unfinished(): readonly Backtest[];
  result(id: string): Uint8Array | null;
  /** Removes finished ones beyond the newest so many of all; answers their ids. */
  prune(kept: number): readonly string[];
}
