import { type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { BLOCK_CAPACITY } from '../block-header.ts';
import { summarize } from '../block-summary.ts';
import type { StoredBlock } from '../tape-store.ts';
import { TradeColumnReader } from '../trade-columns.ts';
import type { ImportStore } from './import-store.ts';
import { importedBlock } from './imported-block.ts';
import type { ImportedTrade } from './imported-trade.ts';
import { TapeLookup } from './tape-lookup.ts';
import { TickRule } from './tick-rule.ts';
import { likenessOf, Occurrences, unnamedId } from './unnamed-trades.ts';

/** What became of trades. */
export interface Additions {
  readonly trades: number;
  readonly duplicates: number;
  readonly backwards: number;
  readonly inferredSides: number;
}

interface Candidate {
  readonly trade: Trade;
  readonly id: string | null;
  readonly likeness: string | null;
  /** How many of the file's trades that are alike came before it. */
  readonly occurrence: number;
  readonly eventTime: number;
}

/** Scratch memory: filled and read within one call. */
const columns = new TradeColumnReader();

const DAY_MS = 86_400_000;
/** A block that spans more than a day is read for little: it ends, unless it is very small. */
const FEW_TRADES = 256;

/** Adds a file's trades of one instrument to the tape, each once. */
export class InstrumentImport {
  readonly #store: ImportStore;
  readonly #instrumentId: InstrumentId;
  readonly #resolutionMs: number;
  readonly #lookup: TapeLookup;
  readonly #occurrences = new Occurrences();
  readonly #tickRule = new TickRule();
  #sequence: number | null = null;
  #hasUnnamed = false;
  /** New, and not written yet. */
  #open: Trade[] = [];
  #openIds = new Set<string>();
  #openAlike = new Map<string, number>();
  #latestTime = Number.NEGATIVE_INFINITY;

  constructor(store: ImportStore, instrumentId: InstrumentId, resolutionMs: number) {
    this.#store = store;
    this.#instrumentId = instrumentId;
    this.#resolutionMs = resolutionMs;
    this.#lookup = new TapeLookup(store, instrumentId, resolutionMs);
  }

  /** Of a run of the file's trades, in its order. Full blocks are written. */
  add(imported: readonly ImportedTrade[]): Result<Additions> {
    const backwards = this.#countBackwards(imported);
    const inOrder = backwards === 0 ? imported : imported.toSorted(byTimeAndId);
    const inferredSides = imported.reduce((total, { side }) => total + (side === null ? 1 : 0), 0);
    this.#hasUnnamed ||= imported.some(({ id }) => id === null);
    const candidates = inOrder.map((one) => this.#candidate(one));
    const found = this.#lookup.find(candidates);
    if (!found.ok) return found;
    const { isKnown, alike } = found.value;
    const before = this.#open.length;
    candidates.forEach((candidate, index) => {
      if (isKnown[index] !== 1 && this.#isNew(candidate, alike)) this.#keep(candidate.trade);
    });
    const trades = this.#open.length - before;
    const written = this.#writeFullBlocks();
    if (!written.ok) return written;
    const duplicates = imported.length - trades;
    return succeed({ trades, duplicates, backwards, inferredSides });
  }

  /** Writes what is left. */
  finish(): Result<void> {
    const written = this.#write(cutIntoBlocks(this.#open));
    if (written.ok) this.#reopen([]);
    return written;
  }

  #countBackwards(imported: readonly ImportedTrade[]): number {
    let backwards = 0;
    let previous = this.#latestTime;
    for (const { eventTime } of imported) {
      if (eventTime < previous) backwards++;
      previous = eventTime;
    }
    this.#latestTime = previous;
    return backwards;
  }

  #candidate(imported: ImportedTrade): Candidate {
    const { id, side, receivedTime, price, size, eventTime } = imported;
    const likeness = id === null ? likenessOf(imported, this.#resolutionMs) : null;
    const occurrence = likeness === null ? 0 : this.#occurrences.next(likeness);
    const inferred = this.#tickRule.next(price);
    const trade: Trade = {
      instrumentId: this.#instrumentId,
      id: id ?? unnamedId(likeness ?? '', occurrence),
      ...{ price, size, eventTime },
      aggressorSide: side ?? inferred,
      receivedTime: receivedTime ?? eventTime,
    };
    return { trade, id, likeness, occurrence, eventTime };
  }

  #isNew({ trade, likeness, occurrence }: Candidate, alike: ReadonlyMap<string, number>): boolean {
    if (likeness === null) return !this.#openIds.has(trade.id);
    const known = (alike.get(likeness) ?? 0) + (this.#openAlike.get(likeness) ?? 0);
    return known <= occurrence;
  }

  #keep(trade: Trade): void {
    this.#open.push(trade);
    this.#openIds.add(trade.id);
    if (!this.#hasUnnamed) return;
    const likeness = likenessOf(trade, this.#resolutionMs);
    this.#openAlike.set(likeness, (this.#openAlike.get(likeness) ?? 0) + 1);
  }

  /** The last block stays open while it may grow. */
  #writeFullBlocks(): Result<void> {
    if (this.#open.length < BLOCK_CAPACITY) return succeed(undefined);
    const blocks = cutIntoBlocks(this.#open);
    const last = blocks.at(-1) ?? [];
    const rest = last.length < BLOCK_CAPACITY ? last : [];
    const written = this.#write(rest === last ? blocks.slice(0, -1) : blocks);
    if (written.ok) this.#reopen(rest);
    return written;
  }

  #reopen(trades: readonly Trade[]): void {
    this.#open = [];
    this.#openIds = new Set();
    this.#openAlike = new Map();
    for (const trade of trades) this.#keep(trade);
  }

  /** A transaction a block: a recorder that writes to the same tape hardly waits. */
  #write(blocks: readonly (readonly Trade[])[]): Result<void> {
    for (const trades of blocks) {
      const sequence = this.#nextSequence();
      if (!sequence.ok) return sequence;
      const block: StoredBlock = importedBlock(this.#instrumentId, sequence.value, trades);
      const summary = summarize(block, columns);
      if (!summary.ok) return summary;
      const written = this.#store.write({
        ...{ blocks: [block], summaries: [summary.value], gaps: [] },
      });
      if (!written.ok) return written;
      this.#sequence = sequence.value + 1;
    }
    return succeed(undefined);
  }

  #nextSequence(): Result<number> {
    return this.#sequence === null
      ? this.#store.nextSequence(this.#instrumentId)
      : succeed(this.#sequence);
  }
}

/** Ids tell the order within a millisecond of files that begin with the newest. Text says nothing. */
const byTimeAndId = (a: ImportedTrade, b: ImportedTrade): number =>
  a.eventTime - b.eventTime || Number(a.id) - Number(b.id) || 0;

/** In their order. */
function cutIntoBlocks(trades: readonly Trade[]): readonly (readonly Trade[])[] {
  const blocks: Trade[][] = [];
  let block: Trade[] = [];
  for (const trade of trades) {
    if (endsBefore(block, trade)) {
      blocks.push(block);
      block = [];
    }
    block.push(trade);
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

function endsBefore(block: readonly Trade[], next: Trade): boolean {
  if (block.length === BLOCK_CAPACITY) return true;
  const [first] = block;
  if (!first || block.length < FEW_TRADES) return false;
  return Math.abs(next.eventTime - first.eventTime) > DAY_MS;
}
