import { createStore } from 'zustand/vanilla';
import type { BacktestView, BacktestState as Standing } from '#contract/backtest-requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { EpochMs } from '#domain/units.ts';

/** A bot over the past: over a stretch, or over all that there is. */
export interface AskedBacktest {
  readonly bot: BotConfig;
  readonly stretch: { readonly fromTime: EpochMs; readonly toTime: EpochMs } | null;
}

export interface BacktestsState {
  /** Newest first. Null until the hub has answered for the first time. */
  readonly backtests: readonly BacktestView[] | null;
  /** Where the next page of older ones begins; null where there are none. */
  readonly nextBefore: string | null;
  /** Why they cannot be shown; null while they can. */
  readonly error: string | null;
  /** What the user wants to see played, until a form has taken it up. */
  readonly asked: AskedBacktest | null;
}

export const createBacktestStore = () =>
  createStore<BacktestsState>(() => ({
    backtests: null,
    nextBefore: null,
    error: null,
    asked: null,
  }));
export type BacktestStore = ReturnType<typeof createBacktestStore>;

export const isUnfinished = ({ state }: { readonly state: Standing }): boolean =>
  state === 'queued' || state === 'running';

const newestFirst = (a: BacktestView, b: BacktestView): number =>
  b.createdTime - a.createdTime || (a.id < b.id ? 1 : -1);

/** Takes in a backtest as it now stands; the others keep their identity. */
export function withBacktest(state: BacktestsState, view: BacktestView): BacktestsState {
  const known = state.backtests ?? [];
  const index = known.findIndex(({ id }) => id === view.id);
  if (index >= 0) return { ...state, backtests: known.with(index, view) };
  return { ...state, backtests: [view, ...known].sort(newestFirst) };
}

export function withoutBacktest(state: BacktestsState, backtestId: string): BacktestsState {
  const backtests = state.backtests?.filter(({ id }) => id !== backtestId) ?? null;
  return { ...state, backtests };
}

interface Page {
  readonly items: readonly BacktestView[];
  readonly nextBefore: string | null;
}

/** The first page, in place of all that was known. */
export const withFirstPage = (
  state: BacktestsState,
  { items, nextBefore }: Page,
): BacktestsState => ({ ...state, backtests: items, nextBefore, error: null });

/** Older ones, behind those that are known. */
export function withNextPage(state: BacktestsState, { items, nextBefore }: Page): BacktestsState {
  const known = new Set(state.backtests?.map(({ id }) => id));
  const older = items.filter(({ id }) => !known.has(id));
  return { ...state, backtests: [...(state.backtests ?? []), ...older], nextBefore };
}
