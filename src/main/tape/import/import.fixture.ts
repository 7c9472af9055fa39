import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '#contract/errors.ts';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { openTapeCursor } from '../cursor.ts';
import type { TapeCursorSource } from '../tape-store.ts';
import {
  type ImportEnd,
  type ImportRequest,
  type ImportSurroundings,
  importFile,
} from './import-file.ts';
import type { ImportStore } from './import-store.ts';

export const BTC = instrumentId('binance', 'BTC/USDT');

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A folder for a test's files. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'tapedeck-import-'));

  write(name: string, content: string | Buffer): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    return file;
  }

  dispose(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Everything on the tape of an instrument, by time. */
export function tradesOf(source: TapeCursorSource, id: InstrumentId = BTC): Trade[] {
  const cursor = openTapeCursor(source, id, { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER });
  const trades: Trade[] = [];
  for (;;) {
    const next = unwrap(cursor.next());
    if (next === null) return trades;
    trades.push(...next);
  }
}

export const idsOf = (source: TapeCursorSource, id: InstrumentId = BTC): string[] =>
  tradesOf(source, id).map((trade) => trade.id);

export type Importer = (
  file: string,
  more?: Partial<ImportRequest & ImportSurroundings>,
) => Promise<ImportEnd>;

export const importerTo =
  (store: ImportStore, dialect: Pick<ImportSurroundings, 'binance' | 'gunzip'>): Importer =>
  (file, more = {}) =>
    importFile(
      { file, format: 'auto', instrumentId: null, ...more },
      {
        store,
        ...dialect,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        ...more,
      },
    );

const START_MS = 1_735_689_600_000;

/** Lines of a Binance spot trades file, ids from `first` to `last`, ten milliseconds apart. */
export const binanceLines = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, index) => {
    const id = first + index;
    const side = id % 3 === 0 ? 'True' : 'False';
    return `${id},${(100 + (id % 50) / 10).toFixed(2)},0.5,50,${START_MS + id * 10},${side},True\n`;
  }).join('');
