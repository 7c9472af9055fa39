import { setTimeout as pause } from 'node:timers/promises';
import { type Failure, fail, type Result, succeed } from '#contract/errors.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import { openDataDirectory } from '#main/storage/data-directory.ts';
import { openTapeForImport } from '#main/storage/tape-import.ts';
import { askHub, type HubPlace } from '../commands/hub-request.ts';
import { doTapeWork, type TapeWork, type TapeWorkEnd, type TapeWorkReport } from './tape-work.ts';

interface TapeWorkWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (report: TapeWorkReport) => void;
}

/** Where imports and exports of a command are done: here, or by the monitor that has the tape. */
export interface TapeWorkPlace {
  run(work: TapeWork, watch: TapeWorkWatch): Promise<Result<TapeWorkEnd>>;
  close(): void;
}

const POLL_EVERY_MS = 300;

/** A running monitor has the data directory for itself: then the work is handed to it. */
export function openTapeWorkPlace(place: HubPlace): Result<TapeWorkPlace> {
  const directory = openDataDirectory(place.dataDir);
  if (!directory.ok) return succeed(atTheHub(place, directory.error));
  const tape = openTapeForImport(directory.value.tapePath);
  if (!tape.ok) {
    directory.value.close();
    return tape;
  }
  return succeed({
    run: async (work, watch) => succeed(await doTapeWork(work, { tape: tape.value, ...watch })),
    close: () => {
      tape.value.close();
      directory.value.close();
    },
  });
}

function atTheHub(place: HubPlace, held: Failure): TapeWorkPlace {
  const run = async (
    work: TapeWork,
    { signal, onProgress }: TapeWorkWatch,
  ): Promise<Result<TapeWorkEnd>> => {
    const begun =
      work.kind === 'import'
        ? await askHub(place, 'tape.import', work.params)
        : await askHub(place, 'tape.export', work.params);
    if (!begun.ok) return begun.error.code === 'unavailable' ? { ok: false, error: held } : begun;
    const jobId = begun.value.id;
    let isCanceled = false;
    for (;;) {
      const job = await lookAt(place, jobId);
      if (!job.ok) return job;
      const end = endOf(job.value);
      if (end) return succeed(end);
      onProgress(job.value);
      if (signal.aborted && !isCanceled) {
        isCanceled = true;
        const canceled = await askHub(place, 'tape.cancelJob', { jobId });
        if (!canceled.ok) return canceled;
      }
      await pause(POLL_EVERY_MS);
    }
  };
  return { run, close: () => undefined };
}

async function lookAt(place: HubPlace, jobId: string): Promise<Result<TapeJob>> {
  const answered = await askHub(place, 'tape.jobs', {});
  if (!answered.ok) return answered;
  const job = answered.value.jobs.find(({ id }) => id === jobId);
  return job ? succeed(job) : fail('not_found', 'The monitor does not know of it any more.');
}

function endOf(job: TapeJob): TapeWorkEnd | null {
  const { state, message } = job;
  switch (state) {
    case 'waiting':
    case 'running':
      return null;
    case 'interrupted':
      return { state: 'failed', message: 'The monitor was stopped.', report: job };
    default:
      return { state, message, report: job };
  }
}
