import { availableParallelism } from 'node:os';
import { backtestReportSchema } from '#contract/backtest-report.ts';
import type { AskedSource, BacktestView, PlayableSource } from '#contract/backtest-requests.ts';
import { sweepReportSchema } from '#contract/backtest-sweep.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { Clock } from '#domain/clock.ts';
import { reportPage } from '#main/backtest/page/report-page.ts';
import { BacktestQueue } from '#main/backtest/queue/backtest-queue.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import type { DataDirectory } from '#main/storage/data-directory.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import type { Log } from '#main/telemetry/log.ts';
import { runInThreads } from './backtest-work.ts';
import { unpackJson } from './packed-json.ts';
import { planBacktest } from './plan-backtest.ts';
import { plotLibrary } from './plot-library.ts';

export interface BacktestsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly createId: () => string;
  readonly publish: (item: Publishable) => void;
  readonly directory: Pick<DataDirectory, 'path' | 'tapePath'>;
  readonly ledger: Pick<Ledger, 'backtests'>;
  readonly tape: TapeDatabase;
  readonly strategies: readonly StrategyDefinition[];
  /** Puts everything that was recorded up to now on the tape. */
  readonly flushTape: () => void;
}

/** One core is left to the monitor itself, where there are more. */
const threadCount = (): number => Math.max(1, availableParallelism() - 1);

/** The backtests of the running monitor. */
export class Backtests {
  readonly queue: BacktestQueue;
  readonly #options: BacktestsOptions;

  constructor(options: BacktestsOptions) {
    const { clock, log, createId, publish, directory, ledger } = options;
    this.#options = options;
    this.queue = new BacktestQueue({
      ...{ clock, createId, publish, store: ledger.backtests, threads: threadCount() },
      onFault: (fault) => log.error({ err: fault }, 'a backtest could not be kept'),
      run: runInThreads({ tapePath: directory.tapePath, dataDirectory: directory.path }),
    });
  }

  start(
    { bot, source, sweep }: RequestParams<'backtests.start'>,
    { mayReadFiles }: { readonly mayReadFiles: boolean },
  ): Result<BacktestView> {
    const playable = this.#playable(source);
    if (!playable.ok) return playable;
    if ('file' in playable.value && !mayReadFiles) return fail('access_denied', 'Access denied');
    this.#options.flushTape();
    const plan = planBacktest({ bot, source: playable.value, sweep: sweep ?? null }, this.#options);
    return plan.ok ? this.queue.start(plan.value) : plan;
  }

  async get(backtestId: string): Promise<Result<RequestResult<'backtests.get'>>> {
    const backtest = this.queue.get(backtestId);
    if (!backtest.ok) return backtest;
    const packed = this.queue.result(backtestId);
    const none = { backtest: backtest.value, report: null, sweep: null };
    if (packed === null) return succeed(none);
    if (backtest.value.sweep) {
      const sweep = await unpackJson(packed, sweepReportSchema);
      return sweep.ok ? succeed({ ...none, sweep: sweep.value }) : sweep;
    }
    const report = await unpackJson(packed, backtestReportSchema);
    return report.ok ? succeed({ ...none, report: report.value }) : report;
  }

  async page(backtestId: string): Promise<Result<RequestResult<'backtests.page'>>> {
    const found = await this.get(backtestId);
    if (!found.ok) return found;
    const { report } = found.value;
    return report
      ? succeed({ html: reportPage([report], plotLibrary()) })
      : fail('invalid_state', 'There is no report: it is a sweep, or not done.');
  }

  #playable(source: AskedSource): Result<PlayableSource> {
    if (source.kind !== 'sameAs') return succeed(source);
    const plan = this.queue.plan(source.backtestId);
    return plan.ok ? succeed(plan.value.source) : plan;
  }
}
