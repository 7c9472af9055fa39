import { type Failure, type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { type InstrumentRecording, resumeRecording } from './instrument-recording.ts';
import { type PendingItem, PendingQueue, type TapeBackfill } from './pending-queue.ts';
import type { BackfilledStretch, TapeGap, TapeStore } from './tape-store.ts';
import { TURNS, WriteTurns } from './write-turns.ts';

export interface TapeRecorderOptions {
  readonly store: TapeStore;
  readonly clock: TimerClock;
  /** At most 200 (T1). */
  readonly flushEveryMs?: number;
  readonly retryEveryMs?: number;
  /** Trades held in memory while the store fails; those beyond are dropped, and marked as a gap. */
  readonly mostPending?: number;
  /** The store cannot be written, in one sentence. Once until it recovers or the reason changes. */
  readonly onFailure: (reason: string) => void;
  readonly onRecovery: () => void;
}

export interface TapeRecorderStats {
  /** Written to the tape by this recorder. */
  readonly trades: number;
  /** Not written: on the tape already. */
  readonly duplicates: number;
  /** Lost: the store failed for too long. */
  readonly dropped: number;
  /** Waiting to be written. */
  readonly pending: number;
  /** Handed to the store in all, rewritten tails included. */
  readonly bytes: number;
}

const MOST_FLUSH_EVERY_MS = 200;

/**
 * Writes every trade to the tape within `flushEveryMs`, exactly once. A trade is only queued by
 * `record`; duplicates are recognised when it is looked at, against what is on disk. Instruments are
 * written in turns: each flush packs the open blocks anew, and of many that is long work.
 */
export class TapeRecorder {
  readonly #store: TapeStore;
  readonly #clock: TimerClock;
  readonly #options: TapeRecorderOptions;
  readonly #turnMs: number;
  readonly #retryEveryMs: number;
  readonly #mostPending: number;
  readonly #queue = new PendingQueue();
  readonly #recordings = new Map<InstrumentId, InstrumentRecording>();
  readonly #turns = new WriteTurns<InstrumentRecording>();
  #turnTime = 0;
  /** Read anew as soon as nothing of them is left to write. */
  readonly #outdated = new Set<InstrumentId>();
  #gaps: TapeGap[] = [];
  #backfilled: BackfilledStretch[] = [];
  /** Trades in blocks that are not on disk. */
  #unwritten = 0;
  #cancelTimer: (() => void) | null = null;
  #failure: string | null = null;
  #isDisposed = false;
  #written = { trades: 0, duplicates: 0, bytes: 0 };

  constructor(options: TapeRecorderOptions) {
    const { flushEveryMs = 100 } = options;
    invariant(flushEveryMs <= MOST_FLUSH_EVERY_MS, '[T1] a flush comes each 200 ms or sooner');
    this.#turnMs = flushEveryMs / TURNS;
    this.#store = options.store;
    this.#clock = options.clock;
    this.#options = options;
    this.#retryEveryMs = options.retryEveryMs ?? 1_000;
    this.#mostPending = options.mostPending ?? 200_000;
  }

  record(trade: Trade): void {
    invariant(!this.#isDisposed, 'a disposed recorder is not given trades');
    this.#queue.pushTrade(trade, this.#mostPending - this.#unwritten);
    this.#arm();
  }

  /** Nothing is known of this stretch. The block before it ends here. */
  recordGap(gap: TapeGap): void {
    invariant(!this.#isDisposed, 'a disposed recorder is not given gaps');
    this.#queue.pushGap(gap);
    this.#arm();
  }

  /**
   * Trades of a stretch that was recorded as a gap. They become blocks of their own; the gap stays,
   * marked as backfilled.
   */
  recordBackfill(backfill: TapeBackfill): void {
    invariant(!this.#isDisposed, 'a disposed recorder is not given trades');
    // An import may have brought the same trades since this instrument's tape was looked at.
    this.reread(backfill.instrumentId);
    this.#queue.pushBackfill(backfill, this.#mostPending - this.#unwritten);
    this.#arm();
  }

  /** Somebody else has written to the tape of an instrument: what is known of it is read anew. */
  reread(instrumentId: InstrumentId): void {
    this.#outdated.add(instrumentId);
    this.flush();
  }

  /** Writes all that is pending, now. */
  flush(): Result<void> {
    this.#disarm();
    const absorbed = this.#queue.drain((item) => this.#absorb(item));
    const written = absorbed.ok ? this.#write([...this.#recordings.values()]) : absorbed;
    if (written.ok) this.#onAllWritten();
    else this.#onFailure(written.error);
    return written;
  }

  /** Writes the instruments whose turn it is. */
  #takeTurn(): void {
    this.#cancelTimer = null;
    const now = this.#clock.now();
    const passed = Math.floor((now - this.#turnTime) / this.#turnMs);
    this.#turnTime = now;
    const absorbed = this.#queue.drain((item) => this.#absorb(item));
    const due = this.#turns.advance(Math.max(1, passed));
    const isOfAll = this.#gaps.length + this.#backfilled.length + this.#outdated.size > 0;
    if (!absorbed.ok || isOfAll) {
      this.flush();
      return;
    }
    const written = due.length > 0 ? this.#write(due) : succeed(undefined);
    if (!written.ok) {
      this.#onFailure(written.error);
      return;
    }
    this.#queue.endDrops();
    if (!this.#turns.isEmpty || !this.#queue.isEmpty) this.#arm();
  }

  /** Why the tape cannot be written now; null where it can. */
  get failure(): string | null {
    return this.#failure;
  }

  stats(): TapeRecorderStats {
    return {
      ...this.#written,
      dropped: this.#queue.dropped,
      pending: this.#queue.trades + this.#unwritten,
    };
  }

  /** Flushes for the last time. After a failure what was pending is lost. */
  dispose(): Result<void> {
    if (this.#isDisposed) return succeed(undefined);
    const written = this.flush();
    // A flush that follows dropped trades has their gap left to write.
    const result = written.ok && !this.#queue.isEmpty ? this.flush() : written;
    this.#disarm();
    this.#isDisposed = true;
    return result;
  }

  /** With all gaps that there are: they are of blocks among those of `recordings`. */
  #write(recordings: readonly InstrumentRecording[]): Result<void> {
    const news = recordings.map((recording) => recording.news());
    const blocks = news.flatMap((one) => one.blocks);
    const summaries = news.flatMap((one) => one.summaries);
    const gaps = this.#gaps;
    const backfilled = this.#backfilled;
    if (blocks.length + gaps.length + backfilled.length === 0) return succeed(undefined);
    const written = this.#store.write({ blocks, summaries, gaps, backfilled });
    if (!written.ok) return written;
    this.#written.bytes += blocks.reduce((total, block) => total + block.bytes.length, 0);
    for (const recording of recordings) {
      this.#written.trades += recording.unwritten;
      this.#unwritten -= recording.unwritten;
      recording.onWritten();
    }
    return written;
  }

  #absorb(item: PendingItem): Result<void> {
    const recording = this.#recordingOf(instrumentOf(item));
    if (!recording.ok) return recording;
    switch (item.kind) {
      case 'trade':
        this.#add(recording.value, item.trade);
        break;
      case 'gap':
        recording.value.seal();
        this.#gaps.push(item.gap);
        break;
      case 'backfill':
        recording.value.seal();
        for (const trade of item.backfill.trades) this.#add(recording.value, trade);
        recording.value.seal();
        this.#backfilled.push(item.backfill);
    }
    this.#turns.add(recording.value);
    return succeed(undefined);
  }

  #add(recording: InstrumentRecording, trade: Trade): void {
    if (recording.add(trade)) this.#unwritten++;
    else this.#written.duplicates++;
  }

  #recordingOf(instrumentId: InstrumentId): Result<InstrumentRecording> {
    const known = this.#recordings.get(instrumentId);
    if (known) return succeed(known);
    const resumed = resumeRecording(this.#store, instrumentId);
    if (resumed.ok) this.#recordings.set(instrumentId, resumed.value);
    return resumed;
  }

  #onAllWritten(): void {
    this.#turns.clear();
    for (const instrumentId of this.#outdated) this.#recordings.delete(instrumentId);
    this.#outdated.clear();
    this.#gaps = [];
    this.#backfilled = [];
    this.#queue.endDrops();
    if (!this.#queue.isEmpty) this.#arm();
    if (this.#failure === null) return;
    this.#failure = null;
    this.#options.onRecovery();
  }

  #onFailure({ message }: Failure): void {
    this.#cancelTimer ??= this.#clock.setTimeout(() => this.flush(), this.#retryEveryMs);
    if (this.#failure === message) return;
    this.#failure = message;
    this.#options.onFailure(message);
  }

  /** A timer runs only while something waits to be written. */
  #arm(): void {
    if (this.#cancelTimer) return;
    if (this.#turns.isEmpty) this.#turnTime = this.#clock.now();
    this.#cancelTimer = this.#clock.setTimeout(() => this.#takeTurn(), this.#turnMs);
  }

  #disarm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }
}

const instrumentOf = (item: PendingItem): InstrumentId => {
  if (item.kind === 'trade') return item.trade.instrumentId;
  return item.kind === 'gap' ? item.gap.instrumentId : item.backfill.instrumentId;
};
