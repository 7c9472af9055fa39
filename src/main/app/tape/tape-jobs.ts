import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import {
  MOST_BAD_LINES_PUSHED,
  type TapeJob,
  tapeJobSchema,
  tapeRequestSchemas,
} from '#contract/tape-requests.ts';
import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { RunningTapeWork, RunTapeWork } from './tape-thread.ts';
import type { TapeWork, TapeWorkReport } from './tape-work.ts';

export interface TapeJobsOptions {
  readonly clock: Clock;
  readonly createId: () => string;
  readonly run: RunTapeWork;
  readonly settings: Ledger['settings'];
  readonly publish: (item: Publishable) => void;
  /** Before an import looks at the tape: what is recorded and not on disk yet goes there. */
  readonly beforeStart: () => void;
  /** What is remembered over a restart could not be written. */
  readonly onUnkept: (fault: unknown) => void;
  /** After an import, whatever its end: the tapes of these are other than they were. */
  readonly onImported: (instrumentIds: readonly InstrumentId[]) => void;
}

interface Job {
  readonly work: TapeWork;
  view: TapeJob;
}

const SETTING = 'tapeJobs';
const MOST_KEPT = 20;
const MOST_UNFINISHED = 10;

const storedSchema = z.array(
  z.object({
    work: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('import'),
        params: tapeRequestSchemas['tape.import'].params,
      }),
      z.object({
        kind: z.literal('export'),
        params: tapeRequestSchemas['tape.export'].params,
      }),
    ]),
    view: tapeJobSchema,
  }),
);

const isUnfinished = ({ view }: Job): boolean =>
  view.state === 'running' || view.state === 'waiting';

/** Imports and exports of this hub: one runs, the others wait. They are remembered over a restart. */
export class TapeJobs {
  readonly #options: TapeJobsOptions;
  /** Newest first. */
  #jobs: Job[];
  #running: { readonly job: Job; readonly work: RunningTapeWork } | null = null;
  #isClosing = false;

  constructor(options: TapeJobsOptions) {
    this.#options = options;
    const stored: Job[] = options.settings.get(SETTING, storedSchema) ?? [];
    this.#jobs = stored.map((job) =>
      isUnfinished(job) ? { ...job, view: { ...job.view, state: 'interrupted' } } : job,
    );
    if (this.#jobs.length > 0) this.#publish();
  }

  list(): readonly TapeJob[] {
    return this.#jobs.map(({ view }) => view);
  }

  start(work: TapeWork): Result<TapeJob> {
    if (this.#jobs.filter(isUnfinished).length >= MOST_UNFINISHED)
      return fail('conflict', `At most ${MOST_UNFINISHED} imports and exports may wait.`);
    const job: Job = { work, view: this.#freshView(work) };
    this.#jobs = [job, ...this.#jobs].filter(
      (one, index) => index < MOST_KEPT || isUnfinished(one),
    );
    this.#changed();
    this.#runNext();
    return succeed(job.view);
  }

  cancel(jobId: string): Result<TapeJob> {
    const job = this.#find(jobId);
    if (!job.ok) return job;
    if (!isUnfinished(job.value)) return fail('invalid_state', 'It is over already.');
    if (this.#running?.job === job.value) this.#running.work.cancel();
    else this.#change(job.value, { state: 'canceled', endedTime: this.#options.clock.now() });
    return succeed(job.value.view);
  }

  /** The same work once more: what an import brought before is passed over. */
  resume(jobId: string): Result<TapeJob> {
    const job = this.#find(jobId);
    if (!job.ok) return job;
    if (isUnfinished(job.value) || job.value.view.state === 'done')
      return fail('invalid_state', 'Only what was canceled, interrupted or failed is run again.');
    const { id } = job.value.view;
    this.#change(job.value, { ...this.#freshView(job.value.work), id });
    this.#runNext();
    return succeed(job.value.view);
  }

  /** Stops what runs and waits for its end; it is shown as interrupted after the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#running?.work.cancel();
    await this.#running?.work.end;
  }

  #runNext(): void {
    const job = this.#jobs.findLast(({ view }) => view.state === 'waiting');
    if (this.#running || this.#isClosing || !job) return;
    this.#change(job, { state: 'running' });
    this.#options.beforeStart();
    const work = this.#options.run(job.work, (report) => this.#onProgress(job, report));
    this.#running = { job, work };
    void work.end.then(({ state, message, report }) => {
      this.#running = null;
      if ('instrumentIds' in report) this.#options.onImported(report.instrumentIds);
      // The ledger closes next, and what it has of this job says that it ran.
      if (this.#isClosing) return;
      this.#change(job, { ...report, state, message, endedTime: this.#options.clock.now() });
      this.#runNext();
    });
  }

  /** Told, not stored: after a restart it begins anew. */
  #onProgress(job: Job, report: TapeWorkReport): void {
    if (this.#isClosing) return;
    job.view = { ...job.view, ...report };
    this.#publish();
  }

  #find(jobId: string): Result<Job> {
    const job = this.#jobs.find(({ view }) => view.id === jobId);
    return job ? succeed(job) : fail('not_found', `There is no import or export ${jobId}.`);
  }

  #change(job: Job, changes: Partial<TapeJob>): void {
    job.view = { ...job.view, ...changes };
    this.#changed();
  }

  #changed(): void {
    this.#publish();
    try {
      this.#options.settings.set(SETTING, this.#jobs);
    } catch (fault) {
      // An export may have filled the disk. The work goes on; after a restart it is not known how far.
      this.#options.onUnkept(fault);
    }
  }

  #publish(): void {
    const jobs = this.list().map((job) => ({
      ...job,
      badLineSamples: job.badLineSamples.slice(0, MOST_BAD_LINES_PUSHED),
    }));
    this.#options.publish({ of: 'tapeJobs', jobs });
  }

  #freshView({ kind, params }: TapeWork): TapeJob {
    const { file, format, instrumentId } = params;
    return {
      ...{ id: this.#options.createId(), kind, state: 'waiting', file },
      format: format === 'auto' ? null : format,
      instrumentIds: instrumentId === undefined ? [] : [instrumentId],
      ...{ progress: null, bytesDone: 0, bytesTotal: null, trades: 0, candles: 0 },
      ...{ duplicates: 0, badLines: 0, badLineSamples: [], backwards: 0, inferredSides: 0 },
      message: null,
      startedTime: this.#options.clock.now(),
      endedTime: null,
    };
  }
}
