import { type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { Effort } from './block-codec.ts';
import { BLOCK_CAPACITY } from './block-header.ts';
import { summarize } from './block-summary.ts';
import type { IdRange } from './id-ranges.ts';
import { RecordedIds } from './recorded-ids.ts';
import type { BlockSummary, StoredBlock, TapeStore } from './tape-store.ts';
import { decodeTradeBlock } from './trade-block.ts';
import { TradeBlockWriter } from './trade-block-writer.ts';
import { TradeColumnReader } from './trade-columns.ts';

/**
 * Half of what a block can hold. Each flush writes the open block anew, so that this halves what is
 * packed and written in all, for a fiftieth of a byte a trade.
 */
const RECORDED_AT_ONCE = BLOCK_CAPACITY / 2;

/** Scratch memory: filled and read within one call. */
const columns = new TradeColumnReader();

/** A block that is full or was ended, and not packed yet. */
interface EndedBlock {
  readonly writer: TradeBlockWriter;
  readonly sequence: number;
  readonly ids: IdRange | null;
}

/** What has to be written for the disk to know all that a recording knows. */
interface RecordingNews {
  readonly blocks: readonly StoredBlock[];
  /** Of the sealed ones among them. */
  readonly summaries: readonly BlockSummary[];
}

/** One instrument's end of the tape: the open block, and full ones that are not on disk yet. */
export class InstrumentRecording {
  readonly #instrumentId: InstrumentId;
  readonly #ids: RecordedIds;
  #sequence: number;
  #open = new TradeBlockWriter();
  #ended: EndedBlock[] = [];
  readonly #sealed: StoredBlock[] = [];
  readonly #summaries: BlockSummary[] = [];
  #isOpenWritten = true;
  #unwritten = 0;

  constructor(start: {
    readonly instrumentId: InstrumentId;
    readonly ids: RecordedIds;
    readonly sequence: number;
    readonly open: readonly Trade[];
  }) {
    this.#instrumentId = start.instrumentId;
    this.#ids = start.ids;
    this.#sequence = start.sequence;
    for (const trade of start.open) {
      this.#open.add(trade);
      this.#ids.add(trade.id);
    }
  }

  /** Trades that are not on disk. */
  get unwritten(): number {
    return this.#unwritten;
  }

  /** Answers whether the trade is new to the tape. */
  add(trade: Trade): boolean {
    if (this.#ids.has(trade.id)) return false;
    if (this.#ids.breaksOpenRange(trade.id)) this.seal();
    this.#ids.add(trade.id);
    this.#open.add(trade);
    this.#unwritten++;
    this.#isOpenWritten = false;
    if (this.#open.count >= RECORDED_AT_ONCE) this.seal();
    return true;
  }

  /** Ends the open block: what follows does not continue it. It is packed when it is written. */
  seal(): void {
    if (this.#open.count === 0) return;
    this.#ended.push({ writer: this.#open, sequence: this.#sequence, ids: this.#ids.openRange });
    this.#ids.seal();
    this.#sequence++;
    this.#open = new TradeBlockWriter();
    this.#isOpenWritten = true;
  }

  news(): RecordingNews {
    for (const ended of this.#ended) this.#pack(ended);
    this.#ended = [];
    const open = { writer: this.#open, sequence: this.#sequence, ids: this.#ids.openRange };
    const blocks = this.#isOpenWritten
      ? this.#sealed
      : [...this.#sealed, this.#block(open, { isSealed: false, effort: 'fast' })];
    return { blocks, summaries: this.#summaries };
  }

  /** All of the news is on disk. */
  onWritten(): void {
    this.#sealed.length = 0;
    this.#summaries.length = 0;
    this.#isOpenWritten = true;
    this.#unwritten = 0;
  }

  #pack(ended: EndedBlock): void {
    const block = this.#block(ended, { isSealed: true, effort: 'small' });
    const summary = summarize(block, columns);
    invariant(summary.ok, 'a block that was just encoded can be read');
    this.#sealed.push(block);
    this.#summaries.push(summary.value);
  }

  #block(
    { writer, sequence, ids }: EndedBlock,
    { isSealed, effort }: { isSealed: boolean; effort: Effort },
  ): StoredBlock {
    return {
      ...{ instrumentId: this.#instrumentId, sequence, count: writer.count, isSealed },
      ...{ firstTime: writer.firstTime, lastTime: writer.lastTime },
      ...{ firstId: ids?.first ?? null, lastId: ids?.last ?? null },
      bytes: writer.encode(effort),
    };
  }
}

/** Goes on where the tape of an instrument ends. */
export function resumeRecording(
  store: TapeStore,
  instrumentId: InstrumentId,
): Result<InstrumentRecording> {
  const stored = store.lastBlocks(instrumentId, 2);
  if (!stored.ok) return stored;
  const last = stored.value.at(-1);
  const lastTrades = tradesOf(last);
  // A tail that cannot be read is left as it is, and a new block follows it.
  const isContinued = last !== undefined && !last.isSealed && lastTrades !== null;
  const previous = isContinued ? stored.value.at(-2) : last;
  const previousTrades = isContinued ? tradesOf(previous) : lastTrades;
  const end = last === undefined ? 0 : last.sequence + 1;
  const sequence = isContinued ? last.sequence : end;
  const older = store.idRanges(
    instrumentId,
    previous && previousTrades ? previous.sequence : sequence,
  );
  if (!older.ok) return older;
  return succeed(
    new InstrumentRecording({
      instrumentId,
      ids: new RecordedIds(older.value, previousTrades?.map((trade) => trade.id) ?? []),
      sequence,
      open: isContinued ? lastTrades : [],
    }),
  );
}

function tradesOf(block: StoredBlock | undefined): Trade[] | null {
  const decoded = block && decodeTradeBlock(block.bytes, block.instrumentId);
  return decoded?.ok ? decoded.value : null;
}
