import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { BadLine } from '#contract/tape-requests.ts';
import { CANDLE_INTERVALS, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { openTapeForReading, type TapeDatabase } from '#main/storage/tape-database.ts';
import { readCandleFile } from '#main/tape/import/candle-file.ts';
import { openFileSource } from '../replay/replay-file-source.ts';
import { openTapeSource } from '../replay/replay-tape-source.ts';
import { gunzip } from '../tape/import-surroundings.ts';
import type { BacktestSource } from './backtest-source.ts';
import { candleBacktestSource, columnShelf, storedShelf } from './candle-backtest-source.ts';
import { replayBacktestSource } from './replay-backtest-source.ts';

interface SpecRange {
  readonly fromTime?: EpochMs | undefined;
  /** Exclusive. */
  readonly toTime?: EpochMs | undefined;
}

/** What is to be played, so that it can be told to a thread. */
export type SourceSpec =
  | ({ readonly kind: 'tape'; readonly tapePath: string } & SpecRange)
  /** A recording of raw streams. */
  | { readonly kind: 'file'; readonly file: string }
  /** A CSV file of candles. */
  | ({ readonly kind: 'candleFile'; readonly file: string } & SpecRange)
  /** Candles that were imported. */
  | ({
      readonly kind: 'importedCandles';
      readonly tapePath: string;
      readonly interval: CandleInterval;
    } & SpecRange);

export interface OpenSources {
  /** `range` in place of the one that it was opened with; a recording is always whole. */
  of(id: InstrumentId, range?: SpecRange): Result<BacktestSource>;
  /** Of a file of candles. */
  readonly badLines: number;
  readonly badLineSamples: readonly BadLine[];
  close(): void;
}

export interface OpeningWatch {
  readonly signal: AbortSignal;
  /** 0 to 1, while a file is read. */
  readonly onProgress: (progress: number, count: number, of: 'candles' | 'trades') => void;
}

/** Null where it was canceled while a file was read. */
export async function openSources(
  spec: SourceSpec,
  watch: OpeningWatch,
): Promise<Result<OpenSources | null>> {
  switch (spec.kind) {
    case 'tape':
      return onTape(spec.tapePath, (tape, id, range) => tapeSource(tape, id, range ?? spec));
    case 'importedCandles':
      return onTape(spec.tapePath, (tape, id, range) =>
        importedSource(tape, id, { ...spec, ...range }),
      );
    case 'file':
      return openRecording(spec.file, watch);
    case 'candleFile':
      return openCandleFile(spec, watch);
  }
}

const NO_BAD_LINES = { badLines: 0, badLineSamples: [] };

function onTape(
  path: string,
  source: (tape: TapeDatabase, id: InstrumentId, range?: SpecRange) => Result<BacktestSource>,
): Result<OpenSources> {
  if (!existsSync(path)) return fail('not_found', `There is no tape at ${path}.`);
  const tape = openTapeForReading(path);
  if (!tape.ok) return tape;
  return succeed({
    ...NO_BAD_LINES,
    of: (id, range) => source(tape.value, id, range),
    close: () => tape.value.close(),
  });
}

export function tapeSource(
  tape: TapeDatabase,
  id: InstrumentId,
  range: SpecRange,
): Result<BacktestSource> {
  const { fromTime, toTime } = range;
  const source = openTapeSource(tape, { instruments: [id], fromTime, toTime });
  if (!source.ok) return source;
  const last = tape.lastTime(id);
  if (!last.ok) return last;
  return replayBacktestSource(source.value, id, (last.value ?? source.value.toTime - 1) as EpochMs);
}

export function importedSource(
  tape: TapeDatabase,
  id: InstrumentId,
  { interval, fromTime, toTime }: SpecRange & { readonly interval: CandleInterval },
): Result<BacktestSource> {
  const list = tape.importedCandles();
  if (!list.ok) return list;
  const intervalMs = INTERVAL_MS[interval];
  const ofId = list.value.filter(({ instrumentId }) => instrumentId === id);
  const found = ofId.find((one) => one.intervalMs === intervalMs);
  if (!found) {
    const others = CANDLE_INTERVALS.filter((one) =>
      ofId.some((known) => known.intervalMs === INTERVAL_MS[one]),
    );
    const instead = others.length > 0 ? ` There are some of ${others.join(', ')}.` : '';
    return fail('not_found', `No candles of ${interval} of ${id} were imported.${instead}`);
  }
  const shelf = storedShelf(tape, { instrumentId: id, interval }, found);
  return candleBacktestSource(shelf, id, { name: null, range: rangeOf(fromTime, toTime) });
}

async function openRecording(
  file: string,
  { signal, onProgress }: OpeningWatch,
): Promise<Result<OpenSources | null>> {
  const opened = await openFileSource(file, {
    signal,
    onProgress: ({ progress, tradeCount }) => onProgress(progress, tradeCount, 'trades'),
  });
  if (!opened.ok || opened.value === null) return opened.ok ? succeed(null) : opened;
  const source = opened.value;
  const lastTime = (source.toTime - 1) as EpochMs;
  return succeed({
    ...NO_BAD_LINES,
    of: (id) => replayBacktestSource(source, id, lastTime),
    close: () => undefined,
  });
}

async function openCandleFile(
  { file, fromTime, toTime }: Extract<SourceSpec, { kind: 'candleFile' }>,
  { signal, onProgress }: OpeningWatch,
): Promise<Result<OpenSources | null>> {
  const read = await readCandleFile(file, {
    ...{ gunzip, signal },
    onProgress: (progress, candles) => onProgress(progress, candles, 'candles'),
  });
  if (!read.ok || read.value === null) return read.ok ? succeed(null) : read;
  const { interval, columns, badLines, badLineSamples } = read.value;
  const shelf = columnShelf(interval, columns);
  const name = basename(file);
  const whole = { fromTime, toTime };
  return succeed({
    ...{ badLines, badLineSamples },
    of: (id, range = whole) =>
      candleBacktestSource(shelf, id, {
        ...{ name, badLines, range: rangeOf(range.fromTime, range.toTime) },
      }),
    close: () => undefined,
  });
}

const rangeOf = (fromTime: EpochMs | undefined, toTime: EpochMs | undefined) => ({
  ...(fromTime !== undefined && { fromTime }),
  ...(toTime !== undefined && { toTime }),
});
