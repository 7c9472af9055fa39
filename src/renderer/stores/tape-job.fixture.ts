import type { TapeJob } from '#contract/tape-requests.ts';
import type { EpochMs } from '#domain/units.ts';

/** An import of a file of the same name, unless `changes` say otherwise. */
export const tapeJob = (id: string, changes: Partial<TapeJob> = {}): TapeJob => ({
  ...{ id, kind: 'import', state: 'running', file: `/data/${id}.csv`, format: null },
  ...{ instrumentIds: [], progress: null, bytesDone: 0, bytesTotal: null, trades: 0, candles: 0 },
  ...{ duplicates: 0, badLines: 0, badLineSamples: [], backwards: 0, inferredSides: 0 },
  ...{ message: null, startedTime: 1_000 as EpochMs, endedTime: null, ...changes },
});
