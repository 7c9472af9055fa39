import { fail, type Result, succeed } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Exchange } from '#domain/instrument.ts';
import type { FeedEnd } from '../feed.ts';
import { fetchBackfill } from './backfill.ts';
import type { ExchangeConfigs } from './exchange-config.ts';
import { type ExchangeHouse, ExchangeHouses } from './exchange-house.ts';
import { FeedRun } from './feed-run.ts';
import { fetchHistory } from './history.ts';
import type { FromWorker, Question, QuestionKind, Questions, ToWorker } from './messages.ts';
import { nameOf, watchableExchanges } from './open-exchange.ts';

export interface WorkerDeskOptions {
  readonly configs: ExchangeConfigs;
  readonly clock: TimerClock;
  /** Uniform in [0, 1), for jitter. */
  readonly random: () => number;
  readonly tell: (message: FromWorker) => void;
}

interface RunUnderWay {
  readonly abort: AbortController;
  run: FeedRun | null;
}

type Answer = Questions[QuestionKind]['answer'];

/** The worker's end of the line: answers questions and keeps the runs. */
export class WorkerDesk {
  readonly #options: WorkerDeskOptions;
  readonly #houses: ExchangeHouses;
  readonly #runs = new Map<number, RunUnderWay>();

  constructor(options: WorkerDeskOptions) {
    this.#options = options;
    this.#houses = new ExchangeHouses(options.configs, options.clock);
  }

  onMessage(message: ToWorker): void {
    switch (message.kind) {
      case 'ask':
        void this.#answer(message.askId, message.question);
        return;
      case 'run':
        void this.#run(message);
        return;
      case 'stop':
        this.#runs.get(message.runId)?.abort.abort();
        return;
      case 'taken':
        this.#runs.get(message.runId)?.run?.onTaken();
        return;
    }
  }

  onTrouble(reason: unknown): void {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    this.#options.tell({ kind: 'trouble', reason: text });
  }

  async #answer(askId: number, question: Question): Promise<void> {
    const answer = await this.#think(question);
    this.#options.tell({ kind: 'answer', askId, answer });
  }

  async #think(question: Question): Promise<Result<Answer>> {
    if (question.of === 'exchanges') {
      return succeed(watchableExchanges().map((id) => ({ id, name: nameOf(id) })));
    }
    if (question.of === 'searchKnown') {
      return succeed(this.#houses.searchKnown(question.text, question.limit));
    }
    const house = this.#houses.of(question.exchange, symbolsOf(question));
    if (!house.ok) return house;
    try {
      return await this.#ask(house.value, question);
    } catch (error) {
      return { ok: false, error: house.value.understand(error).failure };
    }
  }

  async #ask(
    house: ExchangeHouse,
    question: Exclude<Question, { of: 'exchanges' | 'searchKnown' }>,
  ): Promise<Result<Answer>> {
    switch (question.of) {
      case 'instruments':
        return house.instruments(question.symbols);
      case 'search':
        return house.search(question.text, question.limit);
      case 'history':
        return succeed(await fetchHistory(house, question));
      case 'backfill':
        return fetchBackfill(house, question, this.#options.clock.now());
    }
  }

  async #run({ runId, exchange, symbols }: Extract<ToWorker, { kind: 'run' }>): Promise<void> {
    const underWay: RunUnderWay = { abort: new AbortController(), run: null };
    this.#runs.set(runId, underWay);
    const end = await this.#runToEnd(runId, underWay, { exchange, symbols });
    this.#runs.delete(runId);
    this.#options.tell({ kind: 'end', runId, end });
  }

  async #runToEnd(
    runId: number,
    underWay: RunUnderWay,
    { exchange, symbols }: { exchange: Exchange; symbols: readonly string[] },
  ): Promise<FeedEnd> {
    const { clock, random, tell } = this.#options;
    const house = this.#houses.of(exchange, symbols);
    if (!house.ok) return { kind: 'failed', failure: house.error, isFinal: true };
    underWay.run = new FeedRun({
      ...{ house: house.value, symbols, clock, random },
      told: {
        events: (events) => tell({ kind: 'events', runId, events }),
        state: (state) => tell({ kind: 'state', runId, state }),
        rejected: (rejection) => tell({ kind: 'rejected', runId, rejection }),
        clockSample: (sample) => tell({ kind: 'clockSample', runId, sample }),
      },
    });
    try {
      return await underWay.run.run(underWay.abort.signal);
    } catch (error) {
      this.onTrouble(error);
      return { kind: 'failed', ...{ failure: INTERNAL, isFinal: false } };
    }
  }
}

const INTERNAL = fail('internal', 'The exchange feed stopped on an internal error.').error;

function symbolsOf(
  question: Exclude<Question, { of: 'exchanges' | 'searchKnown' }>,
): readonly string[] {
  switch (question.of) {
    case 'instruments':
      return question.symbols;
    case 'history':
    case 'backfill':
      return [question.symbol];
    case 'search':
      return [];
  }
}
