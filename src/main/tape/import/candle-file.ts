import { fail, type Result, succeed } from '#contract/errors.ts';
import { type BadLine, MOST_BAD_LINES } from '#contract/tape-requests.ts';
import { CANDLE_INTERVALS, type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import { type CandleColumns, columnsOf, isOpenTimeOf } from '#domain/candle-columns.ts';
import { candleParser, type ParsedCandle, recogniseCandleCsv } from './candle-csv.ts';
import { type Input, openInput } from './input.ts';
import type { InputOptions, InputPart } from './input-parts.ts';
import { LineSplitter, type RecordBatch } from './text-records.ts';

export interface CandleFile {
  readonly interval: CandleInterval;
  readonly columns: CandleColumns;
  /** Two lines of one time: the later one stands. */
  readonly duplicates: number;
  readonly badLines: number;
  readonly badLineSamples: readonly BadLine[];
  readonly bytesTotal: number;
  /** Why the end of it is missing, else null. */
  readonly damage: string | null;
}

export interface CandleFileOptions extends Omit<InputOptions, 'onProgress'> {
  /** 0 to 1, often. */
  readonly onProgress: (progress: number, candles: number) => void;
}

/** As many as fit into memory with room to spare: 38 years of minutes. */
const MOST_CANDLES = 20_000_000;

/**
 * Reads the candles of a CSV file, plain, zipped or gzipped, in whatever order they come. Their
 * interval is that at which most of them follow one another. Null where it was canceled.
 */
export async function readCandleFile(
  file: string,
  options: CandleFileOptions,
): Promise<Result<CandleFile | null>> {
  const reading = new Reading();
  let input: Input | null = null;
  const onProgress = () => options.onProgress(input?.meter.progress ?? 0, reading.count);
  const opened = await openInput(file, { ...options, onProgress });
  if (!opened.ok) return opened;
  input = opened.value;
  const parts = input.parts();
  let damage: string | null = null;
  for (;;) {
    const next = await parts.next();
    if (next.done) {
      damage ??= next.value?.reason ?? null;
      break;
    }
    const read = await readPart(next.value, reading, onProgress, options.signal);
    if (!read.ok || options.signal.aborted) {
      await parts.return(null);
      return read.ok ? succeed(null) : read;
    }
    damage ??= read.value;
  }
  return reading.finish(file, { bytesTotal: input.bytesTotal, damage });
}

/** Gives why the end of it is missing, else null. */
async function readPart(
  part: InputPart,
  reading: Reading,
  onProgress: () => void,
  signal: AbortSignal,
): Promise<Result<string | null>> {
  const bytes = part.bytes();
  const splitter = new LineSplitter();
  reading.begin();
  while (!signal.aborted) {
    const next = await bytes.next();
    if (next.done) {
      const last = reading.take(splitter.finish());
      return last.ok ? succeed(next.value?.reason ?? null) : last;
    }
    const taken = reading.take(splitter.push(next.value));
    if (!taken.ok) {
      await bytes.return(null);
      return taken;
    }
    onProgress();
  }
  await bytes.return(null);
  return succeed(null);
}

/** The lines of all parts of a file, and what came of them. */
class Reading {
  readonly #candles: Candle[] = [];
  readonly #lines: number[] = [];
  readonly #samples: BadLine[] = [];
  #bad = 0;
  #parse: ((line: string) => ParsedCandle) | null = null;

  get count(): number {
    return this.#candles.length;
  }

  /** Another part, with a header of its own. */
  begin(): void {
    this.#parse = null;
  }

  take({ firstNumber, records }: RecordBatch): Result<void> {
    for (const [index, record] of records.entries()) {
      const line = record?.trim().replace(/^\uFEFF/, '') ?? null;
      if (line === '' || line?.startsWith('#')) continue;
      if (line !== null && !this.#parse) {
        const csv = recogniseCandleCsv([line]);
        if (!csv) return NO_CANDLES;
        this.#parse = candleParser(csv);
      }
      const parsed = line === null ? 'is too long' : (this.#parse?.(line) ?? null);
      if (typeof parsed === 'string') this.#reject(firstNumber + index, parsed);
      else if (parsed) this.#keep(parsed, firstNumber + index);
    }
    return this.count > MOST_CANDLES
      ? fail('invalid_payload', `More than ${MOST_CANDLES} candles in one file.`)
      : succeed(undefined);
  }

  finish(
    file: string,
    { bytesTotal, damage }: Pick<CandleFile, 'bytesTotal' | 'damage'>,
  ): Result<CandleFile> {
    const interval = intervalOf(this.#candles);
    if (!interval) {
      if (this.count === 1 && damage === null) {
        return fail('invalid_payload', `${file}: the interval is not known from one candle alone.`);
      }
      const why =
        this.count > 1 ? NO_INTERVAL : (this.#samples[0]?.reason ?? 'there is nothing in it');
      return fail('invalid_payload', `${file} holds no candles: ${damage ?? why}.`);
    }
    const byTime = new Map<number, Candle>();
    let aligned = 0;
    for (const [index, candle] of this.#candles.entries()) {
      if (isOpenTimeOf(candle.openTime, interval)) {
        aligned += 1;
        byTime.set(candle.openTime, candle);
      } else this.#reject(this.#lines[index] ?? 0, `opens at no multiple of ${interval}`);
    }
    const candles = [...byTime.values()].sort((a, b) => a.openTime - b.openTime);
    return succeed({
      ...{ interval, columns: columnsOf(candles), duplicates: aligned - candles.length },
      ...{ badLines: this.#bad, badLineSamples: this.#samples, bytesTotal, damage },
    });
  }

  #keep(candle: Candle, line: number): void {
    this.#candles.push(candle);
    this.#lines.push(line);
  }

  #reject(line: number, reason: string): void {
    this.#bad += 1;
    if (this.#samples.length < MOST_BAD_LINES) this.#samples.push({ line, reason });
  }
}

const NO_CANDLES = fail(
  'invalid_payload',
  'It does not hold candles: a header must name time, open, high, low and close.',
);
const NO_INTERVAL = `they follow one another at none of ${CANDLE_INTERVALS.join(', ')}`;

/** Holes make some steps longer, never most of them. */
function intervalOf(candles: readonly Candle[]): CandleInterval | null {
  const counts = new Map<number, number>();
  for (let index = 1; index < candles.length; index++) {
    const step = Math.abs((candles[index]?.openTime ?? 0) - (candles[index - 1]?.openTime ?? 0));
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [usual] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return CANDLE_INTERVALS.find((interval) => INTERVAL_MS[interval] === usual) ?? null;
}
