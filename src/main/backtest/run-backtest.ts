import type { BacktestReport } from '#contract/backtest-report.ts';
import { type Result, succeed } from '#contract/errors.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import { CandleCursor } from '#domain/candle-columns.ts';
import { eventTimeOf, type MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BacktestFeed, BacktestPiece, BacktestStage } from './backtest-feed.ts';
import type { ReportRecorder } from './report/report-recorder.ts';

export interface BacktestProgress {
  /** 0 to 1, by the market's time. */
  readonly progress: number;
  readonly trades: number;
  readonly candles: number;
}

export interface BacktestRun {
  readonly feed: BacktestFeed;
  readonly stage: BacktestStage;
  readonly recorder: ReportRecorder;
  readonly fromTime: EpochMs;
  /** Exclusive. */
  readonly toTime: EpochMs;
  readonly signal: AbortSignal;
  /** Often: after each piece. */
  readonly onProgress: (progress: BacktestProgress) => void;
  /** Lets others have their turn: asked after each piece. */
  readonly breathe: () => Promise<void>;
}

/**
 * Plays a stretch through a bot as fast as it goes: the same events in the same order as a deck
 * plays, so that it gives the same fills to the last digit (rule T5), without the channels that a
 * deck tells of them on. Null where it was canceled.
 */
export async function runBacktest(run: BacktestRun): Promise<Result<BacktestReport | null>> {
  const player = new Player(run);
  try {
    for (;;) {
      const piece = await run.feed.next();
      if (!piece.ok) return piece;
      if (piece.value === null) break;
      await player.play(piece.value);
      if (run.stage.error !== null) break;
      run.onProgress(player.progress());
      await run.breathe();
      if (run.signal.aborted) return succeed(null);
    }
    return succeed(player.finish());
  } finally {
    await run.feed.close?.();
  }
}

class Player {
  readonly #run: BacktestRun;
  readonly #cursor = new CandleCursor();
  readonly #played = { trades: 0, candles: 0, gaps: 0 };
  /** When the next candle opens if none is missing; the first does when it does. */
  #nextCandleTime = Number.POSITIVE_INFINITY;
  /** The market's, which never runs back. */
  #time: number;
  readonly #mark: (time: number, price: number) => void;

  constructor(run: BacktestRun) {
    this.#run = run;
    this.#time = run.fromTime;
    this.#mark = (time, price) => {
      this.#reach(time);
      run.recorder.mark(this.#time, price);
    };
  }

  play(piece: BacktestPiece): Promise<void> {
    return piece.kind === 'events' ? this.#playEvents(piece.events) : this.#playCandles(piece);
  }

  progress(): BacktestProgress {
    const { fromTime, toTime } = this.#run;
    const { trades, candles } = this.#played;
    const share = (this.#time - fromTime) / Math.max(1, toTime - fromTime);
    return { progress: Math.min(1, Math.max(0, share)), trades, candles };
  }

  finish(): BacktestReport {
    const { recorder, stage, toTime } = this.#run;
    const { error } = stage;
    return recorder.finish({
      time: error === null ? toTime : (Math.min(toTime, this.#time + 1) as EpochMs),
      played: { ...this.#played },
      ...{ state: error === null ? 'completed' : 'error', error },
    });
  }

  async #playEvents(events: readonly MarketEvent[]): Promise<void> {
    const { recorder, stage } = this.#run;
    const played = this.#played;
    for (const event of events) {
      if (event.kind === 'trade') played.trades += 1;
      else if (event.kind === 'gap') played.gaps += 1;
      const time = event.kind === 'trade' ? event.trade.eventTime : dueTimeOf(event);
      if (time !== null && time > this.#time) this.#reach(time);
      stage.play(event, this.#time);
      const settling = stage.settled();
      if (settling) await settling;
      const { price } = stage;
      if (price !== null) recorder.mark(this.#time, price);
    }
  }

  async #playCandles({
    stretch: { columns, from, to },
    interval,
  }: Extract<BacktestPiece, { kind: 'candles' }>): Promise<void> {
    const { stage } = this.#run;
    const cursor = this.#cursor;
    const played = this.#played;
    const intervalMs = INTERVAL_MS[interval];
    for (let index = from; index < to; index += 1) {
      const candle = cursor.show(columns, index);
      played.candles += 1;
      if (candle.openTime > this.#nextCandleTime) played.gaps += 1;
      this.#nextCandleTime = candle.openTime + intervalMs;
      this.#reach(candle.openTime);
      stage.playCandle(candle, interval, this.#mark);
      const settling = stage.settled();
      if (settling) await settling;
    }
  }

  #reach(time: number): void {
    const { recorder } = this.#run;
    if (time <= this.#time) return;
    this.#time = time;
    if (recorder.isDue(time)) recorder.advance(time);
  }
}

/** As it is merged: a gap is due where it begins. */
const dueTimeOf = (event: MarketEvent): number | null =>
  event.kind === 'gap' ? event.fromTime : eventTimeOf(event);
