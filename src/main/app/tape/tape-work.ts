import type { RequestParams } from '#contract/requests.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import type { TapeForImport } from '#main/storage/tape-import.ts';
import { type ExportReport, exportTape } from '#main/tape/export/export-tape.ts';
import { holdsCandles, importCandles } from '#main/tape/import/candle-import.ts';
import { importFile } from '#main/tape/import/import-file.ts';
import type { ImportReport } from '#main/tape/import/import-tally.ts';
import { binanceDialect, gunzip } from './import-surroundings.ts';

/** One import or export, wherever it runs. */
export type TapeWork =
  | { readonly kind: 'import'; readonly params: RequestParams<'tape.import'> }
  | { readonly kind: 'export'; readonly params: RequestParams<'tape.export'> };

export type TapeWorkReport = ImportReport | ExportReport;

export interface TapeWorkEnd {
  readonly state: Extract<TapeJob['state'], 'done' | 'failed' | 'canceled'>;
  readonly message: string | null;
  readonly report: TapeWorkReport;
}

export interface TapeWorkSurroundings {
  readonly tape: TapeForImport;
  readonly signal: AbortSignal;
  readonly onProgress: (report: TapeWorkReport) => void;
}

/** Does it in this thread. */
export function doTapeWork(
  work: TapeWork,
  surroundings: TapeWorkSurroundings,
): Promise<TapeWorkEnd> {
  if (work.kind === 'import') return doImport(work.params, surroundings);
  const { tape: source, signal, onProgress } = surroundings;
  const { fromTime = null, toTime = null, ...request } = work.params;
  return exportTape({ ...request, fromTime, toTime }, { source, signal, onProgress });
}

async function doImport(
  { file, format, instrumentId: given }: RequestParams<'tape.import'>,
  { tape: store, signal, onProgress }: TapeWorkSurroundings,
): Promise<TapeWorkEnd> {
  const surroundings = { store, gunzip, signal, onProgress };
  const instrumentId = given ?? null;
  if (format === 'candles') return importCandles({ file, instrumentId }, surroundings);
  if (format === 'auto' && (await holdsCandles(file, { gunzip, signal }))) {
    return importCandles({ file, instrumentId }, surroundings);
  }
  const request = { file, format, instrumentId };
  return importFile(request, { ...surroundings, binance: binanceDialect });
}
