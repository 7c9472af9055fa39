import {
  type BacktestPlan,
  type BacktestStanding,
  type BacktestView,
  KEPT_BACKTESTS,
  MOST_UNFINISHED_BACKTESTS,
} from '#contract/backtest-requests.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { Clock } from '#domain/clock.ts';
import type { Backtest, BacktestStore } from './backtest-store.ts';
import { viewOf } from './backtest-view.ts';
import type {
  BacktestAdvance,
  BacktestEnd,
  RunBacktest,
  RunningBacktest,
} from './running-backtest.ts';

export interface BacktestQueueOptions {
  readonly clock: Clock;
  readonly createId: () => string;
  readonly store: BacktestStore;
  readonly run: RunBacktest;
  /** How many threads there are for all of them. */
  readonly threads: number;
  readonly publish: (item: Publishable) => void;
  /** Hears why what came of one could not be kept. */
  readonly onFault: (fault: unknown) => void;
}

interface Running {
  readonly work: RunningBacktest;
  readonly threads: number;
  advance: BacktestAdvance;
  toldTime: number;
}

/** Five times a second. */
const TELL_EVERY_MS = 200;
const INTERRUPTED = 'The monitor ended while it ran.';
const LOST = 'It is done, but what came of it could not be written to the disk.';

const isUnfinished = ({ state }: BacktestStanding): boolean =>
  state === 'queued' || state === 'running';

/**
 * The backtests of this monitor. They begin in the order in which they were asked for: a single run
 * takes one thread, a sweep all that are free. Those that waited when the monitor ended go on waiting.
 */
export class BacktestQueue {
  readonly #options: BacktestQueueOptions;
  readonly #running = new Map<string, Running>();
  /** Those that wait, in order. */
  #queued: Backtest[] = [];
  #isClosing = false;

  constructor(options: BacktestQueueOptions) {
    this.#options = options;
    for (const backtest of options.store.unfinished()) {
      if (backtest.state === 'queued') this.#queued.push(backtest);
      else this.#finish(backtest, { state: 'failed', error: INTERRUPTED });
    }
    this.#beginNext();
  }

  start(plan: BacktestPlan): Result<BacktestView> {
    const { clock, createId, store, publish } = this.#options;
    if (this.#queued.length + this.#running.size >= MOST_UNFINISHED_BACKTESTS) {
      return fail('conflict', `At most ${MOST_UNFINISHED_BACKTESTS} backtests may wait.`);
    }
    const backtest: Backtest = {
      ...{ id: createId(), plan, state: 'queued', error: null, runsDone: 0, figures: null },
      ...{ createdTime: clock.now(), startedTime: null, finishedTime: null },
    };
    store.insert(backtest);
    for (const backtestId of store.prune(KEPT_BACKTESTS)) {
      publish({ of: 'backtestRemoved', backtestId });
    }
    this.#queued.push(backtest);
    publish({ of: 'backtest', backtest: viewOf(backtest) });
    this.#beginNext();
    return this.get(backtest.id);
  }

  list(request: Parameters<BacktestStore['list']>[0]) {
    const page = this.#options.store.list(request);
    if (!page.ok) return page;
    const { items, nextBefore } = page.value;
    return succeed({ items: items.map((one) => this.#view(one)), nextBefore });
  }

  get(backtestId: string): Result<BacktestView> {
    const found = this.#find(backtestId);
    return found.ok ? succeed(this.#view(found.value)) : found;
  }

  /** With files where they lie. */
  plan(backtestId: string): Result<BacktestPlan> {
    const found = this.#find(backtestId);
    return found.ok ? succeed(found.value.plan) : found;
  }

  /** Packed as its end had it; null while there is nothing. */
  result(backtestId: string): Uint8Array | null {
    return this.#options.store.result(backtestId);
  }

  async cancel(backtestId: string): Promise<Result<BacktestView>> {
    const found = this.#find(backtestId);
    if (!found.ok) return found;
    if (!isUnfinished(found.value)) return fail('invalid_state', 'It is over already.');
    const running = this.#running.get(backtestId);
    const runsDone = running?.advance.runsDone ?? 0;
    this.#running.delete(backtestId);
    this.#queued = this.#queued.filter(({ id }) => id !== backtestId);
    const view = this.#finish(found.value, { state: 'canceled', runsDone });
    await running?.work.stop();
    this.#beginNext();
    return succeed(view);
  }

  remove(backtestId: string): Result<{ backtestId: string }> {
    const found = this.#find(backtestId);
    if (!found.ok) return found;
    if (isUnfinished(found.value)) return fail('invalid_state', 'Cancel it before removing it.');
    this.#options.store.remove(backtestId);
    this.#options.publish({ of: 'backtestRemoved', backtestId });
    return succeed({ backtestId });
  }

  /** What runs is stopped, and shown as failed after the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await Promise.all([...this.#running.values()].map(({ work }) => work.stop()));
  }

  #beginNext(): void {
    for (;;) {
      const [next] = this.#queued;
      const taken = [...this.#running.values()].reduce((sum, { threads }) => sum + threads, 0);
      const free = this.#options.threads - taken;
      if (!next || free < 1 || this.#isClosing) return;
      this.#queued.shift();
      this.#begin(next, next.plan.sweep ? free : 1);
    }
  }

  #begin(queued: Backtest, threads: number): void {
    const { clock, run, store } = this.#options;
    const backtest: Backtest = { ...queued, state: 'running', startedTime: clock.now() };
    store.update(backtest);
    const onAdvance = (advance: BacktestAdvance) => this.#onAdvance(backtest, advance);
    const work = run(backtest.plan, { threads, onAdvance });
    const advance = { progress: 0, runsDone: 0 };
    this.#running.set(backtest.id, { work, threads, advance, toldTime: clock.now() });
    this.#tell(backtest);
    void work.end.then((end) => this.#onEnd(backtest, end));
  }

  #onAdvance(backtest: Backtest, advance: BacktestAdvance): void {
    const running = this.#running.get(backtest.id);
    if (!running || this.#isClosing) return;
    running.advance = advance;
    const now = this.#options.clock.now();
    // A clock that was set back must not silence it.
    if (Math.abs(now - running.toldTime) < TELL_EVERY_MS) return;
    running.toldTime = now;
    this.#tell(backtest);
  }

  #onEnd(backtest: Backtest, end: BacktestEnd): void {
    // Canceled meanwhile, or the ledger closes next, and what it has of this says that it ran.
    const running = this.#running.get(backtest.id);
    if (!running || this.#isClosing) return;
    this.#running.delete(backtest.id);
    if (end.kind === 'done') {
      const runsDone = viewOf(backtest).runs;
      const { figures, result } = end;
      this.#finish(backtest, { state: 'done', figures, runsDone }, result);
    } else {
      const { message, outcome } = end;
      const { runsDone } = running.advance;
      const figures = outcome?.figures ?? null;
      this.#finish(
        backtest,
        { state: 'failed', error: message, figures, runsDone },
        outcome?.result,
      );
    }
    this.#beginNext();
  }

  #finish(
    backtest: Backtest,
    changes: Partial<BacktestStanding>,
    result?: Uint8Array,
  ): BacktestView {
    const finished = { ...backtest, ...changes, finishedTime: this.#options.clock.now() };
    return this.#tell(this.#keep(finished, result));
  }

  /** A disk without room for a result may still have some for the sentence that says so. */
  #keep(finished: Backtest, result: Uint8Array | undefined): Backtest {
    const { store, onFault } = this.#options;
    try {
      store.update(finished, result);
      return finished;
    } catch (fault) {
      if (!result) throw fault;
      onFault(fault);
      const lost: Backtest = { ...finished, state: 'failed', error: LOST, figures: null };
      store.update(lost);
      return lost;
    }
  }

  #tell(backtest: Backtest): BacktestView {
    const view = this.#view(backtest);
    this.#options.publish({ of: 'backtest', backtest: view });
    return view;
  }

  #view(backtest: Backtest): BacktestView {
    return viewOf(backtest, this.#running.get(backtest.id)?.advance);
  }

  #find(backtestId: string): Result<Backtest> {
    const found = this.#options.store.get(backtestId);
    return found ? succeed(found) : fail('not_found', `There is no backtest ${backtestId}.`);
  }
}
