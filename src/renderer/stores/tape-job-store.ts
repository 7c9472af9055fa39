import { createStore } from 'zustand/vanilla';
import type { TapeJob } from '#contract/tape-requests.ts';

export interface TapeJobsState {
  /** Imports and exports, newest first. Empty, too, where one may not see them. */
  readonly jobs: readonly TapeJob[];
}

export const createTapeJobStore = () => createStore<TapeJobsState>(() => ({ jobs: [] }));
export type TapeJobStore = ReturnType<typeof createTapeJobStore>;

export const isUnderWay = ({ state }: TapeJob): boolean =>
  state === 'running' || state === 'waiting';

export const canGoOn = ({ state }: TapeJob): boolean =>
  state === 'canceled' || state === 'interrupted' || state === 'failed';

/**
 * What its bar shows, from 0 to 1; null where it is under way and nobody knows how far. One that stands
 * still does not look like that.
 */
export function progressShown(job: TapeJob): number | null {
  if (job.progress !== null || isUnderWay(job)) return job.progress;
  return job.state === 'done' ? 1 : 0;
}
