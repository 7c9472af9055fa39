import { fail, type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { describeFormat, type RecognisedFormat } from './formats.ts';
import type { ImportStore } from './import-store.ts';
import type { ImportTally } from './import-tally.ts';
import type { ImportedTrade } from './imported-trade.ts';
import { InstrumentImport } from './instrument-import.ts';
import type { RecordBatch } from './text-records.ts';

export interface PartImportOptions {
  readonly format: RecognisedFormat;
  readonly store: ImportStore;
  readonly tally: ImportTally;
  /** Null where each record names its own. */
  readonly instrumentId: InstrumentId | null;
  /** Goes before what is said of a bad line, where the line's number alone says too little. */
  readonly place: string;
}

/** Compared with the tape at once. */
const RUN_LENGTH = 16_384;
/** A file whose first lines are all bad is something else. */
const HOPELESS_LINES = 1_000;
const SECOND_MS = 1_000;

/** One file of trades on its way to the tape. */
export class PartImport {
  readonly #options: PartImportOptions;
  readonly #imports = new Map<InstrumentId, InstrumentImport>();
  readonly #runs = new Map<InstrumentId, ImportedTrade[]>();
  #good = 0;
  #bad = 0;
  #firstReason = '';

  constructor(options: PartImportOptions) {
    this.#options = options;
  }

  take(pieces: readonly Buffer[]): Result<void> {
    for (const piece of pieces) {
      const taken = this.#takeBatch(this.#options.format.splitter.push(piece));
      if (!taken.ok) return taken;
    }
    return succeed(undefined);
  }

  /** `isWhole`: what is left without an end is a record, too; of a file cut off it is a part of one. */
  finish(isWhole: boolean): Result<void> {
    const { splitter } = this.#options.format;
    if (isWhole) {
      const last = this.#takeBatch(splitter.finish());
      if (!last.ok) return last;
      if (!splitter.isComplete)
        this.#reject(this.#good + this.#bad + 1, 'the file is cut off here');
    }
    for (const instrumentId of this.#runs.keys()) {
      const added = this.#addRun(instrumentId);
      if (!added.ok) return added;
    }
    for (const one of this.#imports.values()) {
      const finished = one.finish();
      if (!finished.ok) return finished;
    }
    return this.#isHopeless(1) ? this.#mislabelled() : succeed(undefined);
  }

  #takeBatch({ firstNumber, records }: RecordBatch): Result<void> {
    const { parse } = this.#options.format;
    for (const [index, record] of records.entries()) {
      const parsed = record === null ? 'is too long' : this.#parse(parse, record);
      if (parsed === null) continue;
      if (typeof parsed === 'string') {
        this.#reject(firstNumber + index, parsed);
        continue;
      }
      this.#good++;
      const added = this.#take(parsed);
      if (!added.ok) return added;
    }
    return this.#isHopeless(HOPELESS_LINES) ? this.#mislabelled() : succeed(undefined);
  }

  #parse(parse: RecognisedFormat['parse'], record: string) {
    const text = record.trim().replace(/^\uFEFF/, '');
    return text === '' ? null : parse(text);
  }

  #take(trade: ImportedTrade): Result<void> {
    const instrumentId = this.#options.instrumentId ?? trade.instrumentId;
    if (instrumentId === null) return succeed(undefined);
    const run = this.#runs.get(instrumentId);
    if (!run) {
      this.#runs.set(instrumentId, [trade]);
      return succeed(undefined);
    }
    run.push(trade);
    return run.length >= RUN_LENGTH ? this.#addRun(instrumentId) : succeed(undefined);
  }

  #addRun(instrumentId: InstrumentId): Result<void> {
    const run = this.#runs.get(instrumentId) ?? [];
    if (run.length === 0) return succeed(undefined);
    this.#runs.set(instrumentId, []);
    const known = this.#imports.get(instrumentId);
    const one = known ?? new InstrumentImport(this.#options.store, instrumentId, resolutionOf(run));
    this.#imports.set(instrumentId, one);
    const added = one.add(run);
    if (!added.ok) return added;
    this.#options.tally.addTrades(instrumentId, added.value);
    return succeed(undefined);
  }

  #reject(line: number, reason: string): void {
    this.#bad++;
    this.#firstReason ||= `line ${line}: ${reason}`;
    this.#options.tally.addBadLine({ line, reason: this.#options.place + reason });
  }

  #isHopeless(afterLines: number): boolean {
    return this.#good === 0 && this.#bad >= afterLines;
  }

  #mislabelled(): Result<never> {
    const format = describeFormat(this.#options.format.format);
    return fail('invalid_payload', `no line of it is a ${format} (${this.#firstReason})`);
  }
}

/** Files in whole seconds are compared with the tape by the second. */
const resolutionOf = (run: readonly ImportedTrade[]): number =>
  run.every(({ eventTime }) => eventTime % SECOND_MS === 0) ? SECOND_MS : 1;
