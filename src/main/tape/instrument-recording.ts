import { type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { Effort } from './block-codec.ts';
import { BLOCK_CAPACITY } from './block-header.ts';
import { summarize } from './block-summary.ts';
import { RecordedIds } from './recorded-ids.ts';
import type { BlockSummary, StoredBlock, TapeStore } from './tape-store.ts';
import { decodeTradeBlock, encodeTradeBlock } from './trade-block.ts';
import { TradeColumnReader } from './trade-columns.ts';

/** Scratch memory: filled and read within one call. */
const columns = new TradeColumnReader();

/** One instrument's end of the tape: the open block, and full ones that are not on disk yet. */
export class InstrumentRecording {
  readonly #instrumentId: InstrumentId;
  readonly #ids: RecordedIds;
  #sequence: number;
  #open: Trade[];
  #sealed: StoredBlock[] = [];
  #summaries: BlockSummary[] = [];
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
    this.#open = [...start.open];
    for (const trade of start.open) this.#ids.add(trade.id);
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
    this.#open.push(trade);
    this.#unwritten++;
    this.#isOpenWritten = false;
    if (this.#open.length === BLOCK_CAPACITY) this.seal();
    return true;
  }

  /** Ends the open block: what follows does not continue it. */
  seal(): void {
    if (this.#open.length === 0) return;
    const block = this.#block({ isSealed: true, effort: 'small' });
    const summary = summarize(block, columns);
    invariant(summary.ok, 'a block that was just encoded can be read');
    this.#sealed.push(block);
    this.#summaries.push(summary.value);
    this.#ids.seal();
    this.#sequence++;
    this.#open = [];
    this.#isOpenWritten = true;
  }

  /** What has to be written for the disk to know all that this knows. */
  blocks(): readonly StoredBlock[] {
    if (this.#isOpenWritten) return this.#sealed;
    return [...this.#sealed, this.#block({ isSealed: false, effort: 'fast' })];
  }

  /** Of the sealed ones among `blocks`. */
  summaries(): readonly BlockSummary[] {
    return this.#summaries;
  }

  /** All of `blocks` is on disk. */
  onWritten(): void {
    this.#sealed = [];
    this.#summaries = [];
    this.#isOpenWritten = true;
    this.#unwritten = 0;
  }

  #block({ isSealed, effort }: { isSealed: boolean; effort: Effort }): StoredBlock {
    const range = this.#ids.openRange;
    const times = this.#open.map((trade) => trade.eventTime);
    return {
      instrumentId: this.#instrumentId,
      sequence: this.#sequence,
      firstTime: Math.min(...times),
      lastTime: Math.max(...times),
      count: this.#open.length,
      firstId: range?.first ?? null,
      lastId: range?.last ?? null,
      isSealed,
      bytes: encodeTradeBlock(this.#open, effort),
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
