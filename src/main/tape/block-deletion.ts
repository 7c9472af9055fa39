import { type Result, succeed } from '#contract/errors.ts';
import { INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { CandlePile, type TapeCandle } from './tape-candle.ts';
import type { OldBlock, TapeRetentionStore } from './tape-store.ts';
import { decodeTradeColumns } from './trade-block.ts';
import { TradeColumnReader } from './trade-columns.ts';

/** From which stored candles and blocks those of a level are made again. */
interface Level {
  readonly intervalMs: number;
  /** Blocks summarized at least so far are in it. */
  readonly since: 1 | 2;
  readonly finerMs: number | null;
  /** Blocks that are in this level, and not in the finer one. */
  readonly blocks: 1 | 2 | null;
}

const LEVELS: readonly Level[] = [
  { intervalMs: INTERVAL_MS['1m'], since: 2, finerMs: null, blocks: 2 },
  { intervalMs: INTERVAL_MS['1h'], since: 1, finerMs: INTERVAL_MS['1m'], blocks: 1 },
  { intervalMs: INTERVAL_MS['1d'], since: 1, finerMs: INTERVAL_MS['1h'], blocks: null },
];

/**
 * Deletes sealed blocks of one instrument, and takes their trades out of the stored candles: a
 * candle of theirs alone goes, one that others share is made again from what is left. All or nothing.
 */
export const deleteBlocks = (
  store: TapeRetentionStore,
  instrumentId: InstrumentId,
  blocks: readonly OldBlock[],
): Result<void> =>
  store.exclusively(() => {
    const removed = LEVELS.map((level) => {
      const inLevel = blocks.filter(({ summarized }) => summarized >= level.since);
      return { level, candles: candlesOf(store, instrumentId, inLevel, level.intervalMs) };
    });
    const deleted = store.deleteBlocks(
      instrumentId,
      blocks.map(({ sequence }) => sequence),
    );
    if (!deleted.ok) return deleted;
    for (const { level, candles } of removed) {
      if (!candles.ok) return candles;
      const corrected = correct(store, instrumentId, level, candles.value);
      if (!corrected.ok) return corrected;
    }
    return succeed(undefined);
  });

function candlesOf(
  store: TapeRetentionStore,
  instrumentId: InstrumentId,
  blocks: readonly { readonly sequence: number }[],
  intervalMs: number,
): Result<TapeCandle[]> {
  const pile = new CandlePile(intervalMs);
  const added = addBlocks(
    ...([store, instrumentId, pile, blocks.map(({ sequence }) => sequence)] as const),
  );
  return added.ok ? succeed(pile.list()) : added;
}

function addBlocks(
  store: TapeRetentionStore,
  instrumentId: InstrumentId,
  pile: CandlePile,
  sequences: readonly number[],
): Result<void> {
  const columns = new TradeColumnReader();
  for (const sequence of sequences) {
    const bytes = store.blockBytes(instrumentId, sequence);
    if (!bytes.ok) return bytes;
    if (bytes.value === null) continue;
    const decoded = decodeTradeColumns(bytes.value, columns);
    // Of a damaged block nothing can be told, and it must not keep the tape from growing shorter.
    if (decoded.ok) pile.addColumns(decoded.value, sequence);
  }
  return succeed(undefined);
}

/** `removed`: the candles of the trades that are gone. */
function correct(
  store: TapeRetentionStore,
  instrumentId: InstrumentId,
  level: Level,
  removed: readonly TapeCandle[],
): Result<void> {
  const { intervalMs } = level;
  const remade: TapeCandle[] = [];
  for (const { openTime, tradeCount } of removed) {
    const range = { fromTime: openTime, toTime: openTime + intervalMs };
    const stored = store.candles(instrumentId, intervalMs, range);
    if (!stored.ok) return stored;
    if (stored.value[0]?.tradeCount === tradeCount) continue;
    const made = remake(store, instrumentId, level, openTime);
    if (!made.ok) return made;
    remade.push(...made.value);
  }
  const deleted = store.deleteCandles(
    instrumentId,
    intervalMs,
    removed.map(({ openTime }) => openTime),
  );
  return deleted.ok ? store.addCandles(instrumentId, { intervalMs, candles: remade }) : deleted;
}

/** The candle of one interval, from the finer level and the blocks that are only in this one. */
function remake(
  store: TapeRetentionStore,
  instrumentId: InstrumentId,
  { intervalMs, finerMs, blocks }: Level,
  openTime: number,
): Result<TapeCandle[]> {
  const range = { fromTime: openTime, toTime: openTime + intervalMs };
  const pile = new CandlePile(intervalMs);
  if (finerMs !== null) {
    const finer = store.candles(instrumentId, finerMs, range);
    if (!finer.ok) return finer;
    for (const candle of finer.value) pile.add(candle);
  }
  if (blocks !== null) {
    const sequences = store.summarizedBlocks(instrumentId, blocks, range);
    if (!sequences.ok) return sequences;
    const added = addBlocks(store, instrumentId, pile, sequences.value);
    if (!added.ok) return added;
  }
  return succeed(pile.list().filter((candle) => candle.openTime === openTime));
}
