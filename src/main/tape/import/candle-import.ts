import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InstrumentId } from '#domain/instrument.ts';
import { type ImportedCandleStore, storeImportedCandles } from '../imported-candles.ts';
import { recogniseCandleCsv } from './candle-csv.ts';
import { readCandleFile } from './candle-file.ts';
import type { ImportEnd } from './import-file.ts';
import type { ImportReport } from './import-tally.ts';
import { openInput } from './input.ts';
import type { Gunzip, InputBytes } from './input-parts.ts';

interface ReadingTerms {
  readonly gunzip: Gunzip;
  readonly signal: AbortSignal;
}

export interface CandleImportSurroundings extends ReadingTerms {
  readonly store: ImportedCandleStore;
  /** Often: after each piece of the file. */
  readonly onProgress: (report: ImportReport) => void;
}

/** More than any header. */
const HEAD_BYTES = 16 * 1_024;
const NOTHING: ImportReport = {
  ...{ format: 'candles', instrumentIds: [], progress: 0, bytesDone: 0, bytesTotal: 0 },
  ...{ trades: 0, candles: 0, duplicates: 0, badLines: 0, badLineSamples: [] },
  ...{ backwards: 0, inferredSides: 0 },
};

/** Whether a file begins as one of candles does; not where it cannot be read. */
export async function holdsCandles(file: string, terms: ReadingTerms): Promise<boolean> {
  const input = await openInput(file, { ...terms, onProgress: () => undefined });
  if (!input.ok) return false;
  const parts = input.value.parts();
  const first = await parts.next();
  const head = first.done ? '' : await headOf(first.value.bytes());
  await parts.return(null);
  const lines = head.replace(/^\uFEFF/, '').split('\n');
  return recogniseCandleCsv(lines.map((line) => line.trim())) !== null;
}

async function headOf(bytes: InputBytes): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await bytes.next();
    if (next.done) break;
    pieces.push(next.value);
    length += next.value.length;
  }
  await bytes.return(null);
  return Buffer.concat(pieces).toString('utf8');
}

/**
 * Brings the candles of a file onto the tape, all of them or none: their interval is known when the last
 * one is read. Bad lines are counted and left out.
 */
export async function importCandles(
  { file, instrumentId }: { readonly file: string; readonly instrumentId: InstrumentId | null },
  { store, gunzip, signal, onProgress }: CandleImportSurroundings,
): Promise<ImportEnd> {
  if (instrumentId === null) return { state: 'failed', message: NAMELESS, report: NOTHING };
  const bytesTotal = await sizeOf(file);
  let report: ImportReport = { ...NOTHING, instrumentIds: [instrumentId], bytesTotal };
  const read = await readCandleFile(file, {
    ...{ gunzip, signal },
    onProgress: (progress) => {
      report = { ...report, progress, bytesDone: Math.floor(progress * bytesTotal) };
      onProgress(report);
    },
  });
  if (!read.ok) return { state: 'failed', message: read.error.message, report };
  if (read.value === null) return { state: 'canceled', message: null, report };
  const { interval, columns, badLines, badLineSamples, damage } = read.value;
  const stored = storeImportedCandles(store, { instrumentId, interval }, columns);
  if (!stored.ok) return { state: 'failed', message: stored.error.message, report };
  return {
    state: 'done',
    message: damage && `${basename(file)}: ${damage}; what came before it was kept.`,
    report: {
      ...{ ...report, progress: 1, bytesDone: bytesTotal },
      candles: stored.value.added,
      duplicates: stored.value.replaced + read.value.duplicates,
      ...{ badLines, badLineSamples: [...badLineSamples] },
    },
  };
}

const NAMELESS =
  'Candles do not name their instrument: say which it is, as in --instrument binance:BTC/USDT.';

/** Nothing where it is not there: whoever reads it says so. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
