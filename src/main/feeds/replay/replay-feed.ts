import { type Result, succeed } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Feed, FeedEnd, FeedSink } from '../feed.ts';
import type { ReplaySpeed } from '../feed-spec.ts';
import { MarketTranslator } from './market-translator.ts';
import { PacedSink } from './paced-sink.ts';
import { Pacer } from './pacer.ts';
import { type RecordingEntry, readFailure, readRecording } from './recording.ts';
import { REPLAY_EXCHANGE, readHead } from './recording-head.ts';

/** Plays a raw recording of Binance's streams, paced by the recorded receive times. */
export class ReplayFeed implements Feed {
  readonly exchange = REPLAY_EXCHANGE;
  readonly #file: string;
  readonly #speed: ReplaySpeed;
  readonly #clock: TimerClock;

  constructor(file: string, speed: ReplaySpeed, clock: TimerClock) {
    this.#file = file;
    this.#speed = speed;
    this.#clock = clock;
  }

  async instruments(): Promise<Result<readonly Instrument[]>> {
    const head = await this.#readHead();
    return head.ok ? succeed(head.value.map(({ instrument }) => instrument)) : head;
  }

  async run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    const head = await this.#readHead();
    if (signal.aborted) return { kind: 'aborted' };
    if (!head.ok) return { kind: 'failed', failure: head.error, isFinal: true };
    const recording = await readRecording(this.#file);
    if (!recording.ok) return { kind: 'failed', failure: recording.error, isFinal: true };
    const paced = new PacedSink(sink, new Pacer(this.#clock, this.#speed), signal);
    const playback = new Playback(sink, signal, paced, new MarketTranslator(head.value));
    try {
      sink.onState({ kind: 'live' });
      for await (const entries of recording.value()) {
        if (!(await playback.play(entries))) return { kind: 'aborted' };
      }
      await paced.flush();
      return signal.aborted ? { kind: 'aborted' } : { kind: 'ended' };
    } catch (error) {
      if (!isFileError(error)) throw error;
      return { kind: 'failed', failure: readFailure(this.#file, error).error, isFinal: true };
    }
  }

  async #readHead() {
    try {
      return await readHead(this.#file);
    } catch (error) {
      if (!isFileError(error)) throw error;
      return readFailure(this.#file, error);
    }
  }
}

/** One playing of a recording: each line in its turn. */
class Playback {
  readonly #sink: FeedSink;
  readonly #signal: AbortSignal;
  readonly #paced: PacedSink;
  readonly #translator: MarketTranslator;

  constructor(sink: FeedSink, signal: AbortSignal, paced: PacedSink, translator: MarketTranslator) {
    this.#sink = sink;
    this.#signal = signal;
    this.#paced = paced;
    this.#translator = translator;
  }

  /** False when it was aborted. */
  async play(entries: readonly RecordingEntry[]): Promise<boolean> {
    for (const entry of entries) {
      if (this.#signal.aborted) return false;
      if (entry.ok) await this.#playEntry(entry);
      else this.#sink.onRejected({ line: entry.line, reason: entry.reason });
    }
    return !this.#signal.aborted;
  }

  async #playEntry({ line, value }: RecordingEntry & { ok: true }): Promise<void> {
    const translated = this.#translator.translate(value);
    if (translated.ok) await this.#paced.put(translated.value, value.receivedTime);
    else this.#sink.onRejected({ line, reason: translated.reason });
  }
}

/** An error of the file system, as against a bug, which must not be taken for one. */
const isFileError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
