import { existsSync, renameSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { ExportFormat, TapeJob } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { openTapeCursor } from '../cursor.ts';
import type { TapeCursorSource, TapeRange } from '../tape-store.ts';
import { openCsvFile } from './csv-file.ts';
import { openNdjsonFile } from './ndjson-file.ts';
import { openParquetFile } from './parquet-file.ts';
import type { ExportHead, TradeFile } from './trade-file.ts';

export interface ExportRequest {
  readonly instrumentId: InstrumentId;
  /** Null: from the tape's beginning, to its end. */
  readonly fromTime: number | null;
  /** Exclusive. */
  readonly toTime: number | null;
  readonly format: ExportFormat;
  readonly file: string;
  readonly overwrite: boolean;
}

export type ExportReport = Pick<TapeJob, 'trades' | 'bytesDone' | 'progress'>;

interface ExportSource extends TapeCursorSource {
  instruments(): Result<
    readonly {
      readonly instrumentId: InstrumentId;
      readonly firstTime: number;
      readonly lastTime: number;
    }[]
  >;
}

export interface ExportSurroundings {
  readonly source: ExportSource;
  /** Ends the export; nothing of it stays. */
  readonly signal: AbortSignal;
  readonly onProgress: (report: ExportReport) => void;
}

export interface ExportEnd {
  readonly state: 'done' | 'canceled' | 'failed';
  readonly message: string | null;
  readonly report: ExportReport;
}

const OPENERS: Readonly<Record<ExportFormat, (path: string, head: ExportHead) => TradeFile>> = {
  csv: openCsvFile,
  ndjson: openNdjsonFile,
  parquet: openParquetFile,
};

const NOTHING: ExportReport = { trades: 0, bytesDone: 0, progress: null };

/**
 * Writes a stretch of one instrument's tape, by time, to a file. It gets its name when it is whole:
 * until then it is `NAME.part` beside it.
 */
export async function exportTape(
  request: ExportRequest,
  surroundings: ExportSurroundings,
): Promise<ExportEnd> {
  const { file, overwrite } = request;
  const range = rangeOf(request, surroundings.source);
  if (!range.ok) return failed(range.error.message);
  if (!overwrite && existsSync(file))
    return failed(
      `${file} is there already: choose another name, or say that it is to be replaced.`,
    );
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    const end = await writeTo(part, { request, range: range.value, ...surroundings });
    if (end.state === 'done') renameSync(part, file);
    return end;
  } catch (error) {
    return failed(sentenceOf(file, error));
  } finally {
    rmSync(part, { force: true });
  }
}

const failed = (message: string): ExportEnd => ({ state: 'failed', message, report: NOTHING });

/** The stretch asked for, as far as there is tape. */
function rangeOf(request: ExportRequest, source: ExportSource): Result<TapeRange> {
  const instruments = source.instruments();
  if (!instruments.ok) return instruments;
  const { instrumentId, fromTime, toTime } = request;
  const found = instruments.value.find((one) => one.instrumentId === instrumentId);
  if (!found) return fail('unknown_instrument', `There is no tape of ${instrumentId}.`);
  const end = Math.floor(found.lastTime) + 1;
  return succeed({
    fromTime: Math.max(fromTime ?? found.firstTime, found.firstTime),
    toTime: Math.min(toTime ?? end, end),
  });
}

interface Writing extends ExportSurroundings {
  readonly request: ExportRequest;
  readonly range: TapeRange;
}

async function writeTo(part: string, writing: Writing): Promise<ExportEnd> {
  const { request, range, source, signal, onProgress } = writing;
  const { instrumentId, format } = request;
  const cursor = openTapeCursor(source, instrumentId, range);
  const gaps = cursor.gaps();
  if (!gaps.ok) return failed(gaps.error.message);
  const file = OPENERS[format](part, { instrumentId, gaps: gaps.value });
  let trades = 0;
  let time = range.fromTime;
  const report = (): ExportReport => ({
    ...{ trades, bytesDone: file.bytesWritten },
    progress: Math.min(1, (time - range.fromTime) / Math.max(1, range.toTime - range.fromTime)),
  });
  try {
    for (;;) {
      const next = cursor.next();
      if (!next.ok) return { ...failed(next.error.message), report: report() };
      if (next.value === null) break;
      file.write(next.value);
      trades += next.value.length;
      time = next.value.at(-1)?.eventTime ?? time;
      onProgress(report());
      await nextTurn();
      if (signal.aborted) return { state: 'canceled', message: null, report: report() };
    }
    file.finish();
    return { state: 'done', message: null, report: { ...report(), progress: 1 } };
  } finally {
    file.close();
  }
}

/** Errors of the file system become a sentence; anything else is a bug. */
function sentenceOf(file: string, error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full: ${file} could not be written.`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `${file} cannot be written: its folder does not exist.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${file} cannot be written: its folder may not be written to.`;
    case 'EISDIR':
      return `${file} is a folder.`;
    default:
      return `${file} cannot be written (${String(error.code)}).`;
  }
}
