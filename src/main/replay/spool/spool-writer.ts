import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { dueTimeOf } from '../event-merger.ts';
import { EventColumns, InstrumentNumbers } from './event-columns.ts';
import { EventSpool } from './event-spool.ts';
import type { SpoolFile } from './spool-file.ts';
import type { SpoolBlock, SpoolStand } from './spool-index.ts';
import { StandingMarket } from './standing-market.ts';

/** A block ends with whichever comes first: a few milliseconds of reading. */
const BLOCK_EVENTS = 2_048;
const BLOCK_NUMBERS = 32_768;
/** Between two stands: so many blocks at least, and so many times a stand's own bytes. */
const STAND_BLOCKS = 1;
const STAND_SHARE = 4;

/** What decides where blocks and stands lie; no one who reads them sees a difference. */
export interface SpoolMeasures {
  readonly blockEvents: number;
  readonly standBlocks: number;
}

const MEASURES: SpoolMeasures = { blockEvents: BLOCK_EVENTS, standBlocks: STAND_BLOCKS };

/**
 * Puts the events of one lane, in their order, into a file in which they can be looked up: in blocks,
 * with how books and quotes stood before some of them. Memory holds one block, and an index of a few
 * numbers a block.
 */
export class SpoolWriter {
  readonly #file: SpoolFile;
  readonly #measures: SpoolMeasures;
  readonly #instruments = new InstrumentNumbers();
  readonly #columns = new EventColumns(this.#instruments);
  readonly #standing = new StandingMarket();
  readonly #blocks: SpoolBlock[] = [];
  readonly #stands: SpoolStand[] = [];
  #traded = new Set<InstrumentId>();
  #due = Number.NEGATIVE_INFINITY;
  #dueBefore = Number.NEGATIVE_INFINITY;
  /** Of the blocks since the last stand. */
  #bytesSinceStand = 0;

  constructor(file: SpoolFile, measures: SpoolMeasures = MEASURES) {
    this.#file = file;
    this.#measures = measures;
  }

  /** On disk so far. */
  get bytes(): number {
    return this.#file.length;
  }

  /** Throws what the system says of the disk; then there is only `discard` left. */
  async add(events: readonly MarketEvent[]): Promise<void> {
    for (const event of events) {
      if (this.#columns.eventCount === 0 && this.#isStandDue()) await this.#writeStand();
      this.#columns.add(event);
      this.#standing.apply(event);
      this.#due = Math.max(this.#due, dueTimeOf(event) ?? this.#due);
      if (event.kind === 'trade') this.#traded.add(event.trade.instrumentId);
      const { eventCount, numberCount } = this.#columns;
      if (eventCount >= this.#measures.blockEvents || numberCount >= BLOCK_NUMBERS) {
        await this.#writeBlock();
      }
    }
  }

  async finish(): Promise<EventSpool> {
    if (this.#columns.eventCount > 0) await this.#writeBlock();
    const index = { blocks: this.#blocks, stands: this.#stands };
    return new EventSpool(this.#file, this.#instruments, index);
  }

  discard(): Promise<void> {
    return this.#file.close();
  }

  #isStandDue(): boolean {
    const last = this.#stands.at(-1);
    const blocks = this.#blocks.length - (last?.blockIndex ?? 0);
    const least = STAND_SHARE * (last?.packedBytes ?? 0);
    return blocks >= this.#measures.standBlocks && this.#bytesSinceStand >= least;
  }

  async #writeStand(): Promise<void> {
    const columns = new EventColumns(this.#instruments);
    for (const event of this.#standing.events()) columns.add(event);
    const stretch = await this.#file.append(columns.take());
    this.#stands.push({ ...stretch, blockIndex: this.#blocks.length });
    this.#bytesSinceStand = 0;
  }

  async #writeBlock(): Promise<void> {
    const stretch = await this.#file.append(this.#columns.take());
    this.#blocks.push({
      ...{ ...stretch, traded: this.#traded },
      ...{ dueBefore: this.#dueBefore, dueAfter: this.#due },
    });
    this.#dueBefore = this.#due;
    this.#traded = new Set();
    this.#bytesSinceStand += stretch.packedBytes;
  }
}
