import { type Result, succeed } from '#contract/errors.ts';
import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import {
  type CandleColumns,
  type CandleSlice,
  candlesBetween,
  columnsOf,
  firstSince,
} from '#domain/candle-columns.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { BLOCK_CAPACITY } from './block-header.ts';
import { candleBlockMemory, decodeCandleBlock, encodeCandleBlock } from './candle-block.ts';
import type { TapeRange } from './tape-store.ts';

interface SeriesKey {
  readonly instrumentId: InstrumentId;
  readonly intervalMs: number;
}

/** Where candles that a file brought are kept: a block for each even stretch of 4,096 intervals. */
export interface ImportedCandleStore {
  writeImportedCandles(
    key: SeriesKey,
    blocks: readonly {
      readonly fromTime: number;
      readonly firstTime: number;
      readonly lastTime: number;
      readonly count: number;
      readonly bytes: Uint8Array;
    }[],
  ): Result<void>;
  importedCandleBlock(key: SeriesKey, fromTime: number): Result<Uint8Array | null>;
  nextImportedCandles(
    key: SeriesKey,
    fromTime: number,
  ): Result<{ readonly fromTime: number; readonly bytes: Uint8Array } | null>;
}

export interface CandleAdditions {
  readonly added: number;
  /** Were there already; what came now stands. */
  readonly replaced: number;
}

const stretchOf = (time: number, intervalMs: number): number =>
  time - (time % (BLOCK_CAPACITY * intervalMs));

/** Stores candles (oldest first), each once: whatever was there of the same time is replaced. */
export function storeImportedCandles(
  store: ImportedCandleStore,
  { instrumentId, interval }: { instrumentId: InstrumentId; interval: CandleInterval },
  columns: CandleColumns,
): Result<CandleAdditions> {
  const key = { instrumentId, intervalMs: INTERVAL_MS[interval] };
  let [added, replaced] = [0, 0];
  const blocks: Parameters<ImportedCandleStore['writeImportedCandles']>[1][number][] = [];
  for (let start = 0; start < columns.count; ) {
    const fromTime = stretchOf(columns.openTimes[start] ?? 0, key.intervalMs);
    const end = firstSince(columns, fromTime + BLOCK_CAPACITY * key.intervalMs);
    const stored = readBlock(store, key, fromTime);
    if (!stored.ok) return stored;
    const merged = new Map(stored.value.map((candle) => [candle.openTime, candle]));
    const before = merged.size;
    for (const candle of candlesBetween(columns, start, end)) merged.set(candle.openTime, candle);
    added += merged.size - before;
    replaced += end - start - (merged.size - before);
    blocks.push(blockOf(fromTime, [...merged.values()]));
    start = end;
  }
  const written = store.writeImportedCandles(key, blocks);
  return written.ok ? succeed({ added, replaced }) : written;
}

function readBlock(
  store: ImportedCandleStore,
  key: SeriesKey,
  fromTime: number,
): Result<readonly Candle[]> {
  const bytes = store.importedCandleBlock(key, fromTime);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return succeed([]);
  const columns = decodeCandleBlock(bytes.value);
  return columns.ok ? succeed(candlesBetween(columns.value, 0, columns.value.count)) : columns;
}

function blockOf(fromTime: number, candles: Candle[]) {
  const columns = columnsOf(candles.sort((a, b) => a.openTime - b.openTime));
  const { openTimes, count } = columns;
  return {
    ...{ fromTime, count, bytes: encodeCandleBlock(columns) },
    firstTime: openTimes[0] ?? fromTime,
    lastTime: openTimes[count - 1] ?? fromTime,
  };
}

/**
 * Goes through the candles of a range, oldest first, a block at a time; null at the end. Each block is
 * read into the memory of the one before.
 */
export function openImportedCandles(
  store: Pick<ImportedCandleStore, 'nextImportedCandles'>,
  { instrumentId, interval }: { instrumentId: InstrumentId; interval: CandleInterval },
  { fromTime, toTime }: TapeRange,
): () => Result<CandleSlice | null> {
  const key = { instrumentId, intervalMs: INTERVAL_MS[interval] };
  const memory = candleBlockMemory();
  let after = stretchOf(fromTime, key.intervalMs) - 1;
  return () => {
    for (;;) {
      const block = store.nextImportedCandles(key, after);
      if (!block.ok) return block;
      if (block.value === null || block.value.fromTime >= toTime) return succeed(null);
      after = block.value.fromTime;
      const columns = decodeCandleBlock(block.value.bytes, memory);
      if (!columns.ok) return columns;
      const from = firstSince(columns.value, fromTime);
      const to = firstSince(columns.value, toTime);
      if (to > from) return succeed({ columns: columns.value, from, to });
    }
  };
}
