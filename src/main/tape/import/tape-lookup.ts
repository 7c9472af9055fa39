import { type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { StoredBlock, TapeBlockSource } from '../tape-store.ts';
import { decodeTradeBlock } from '../trade-block.ts';
import { likenessOf } from './unnamed-trades.ts';

interface DecodedBlock {
  readonly count: number;
  readonly ids: ReadonlySet<string>;
  readonly trades: readonly Trade[];
}

/** Sources may disagree on a trade's time, but not by more. */
const TIME_TOLERANCE_MS = 1_000;
const MOST_DECODED = 16;

/** What of some trades the tape has already. */
export interface Findings {
  /** By index. */
  readonly isKnown: Uint8Array;
  /** How many of the tape's trades are alike to those without id. */
  readonly alike: ReadonlyMap<string, number>;
}

export interface LookedUpTrade {
  /** Null where the file gives none. */
  readonly id: string | null;
  /** Of one without id. */
  readonly likeness: string | null;
  readonly eventTime: number;
}

/** Compares with the blocks around the trades' times: exact, whatever the ids are. */
export class TapeLookup {
  readonly #source: TapeBlockSource;
  readonly #instrumentId: InstrumentId;
  readonly #resolutionMs: number;
  readonly #decoded = new Map<number, DecodedBlock>();

  constructor(source: TapeBlockSource, instrumentId: InstrumentId, resolutionMs: number) {
    this.#source = source;
    this.#instrumentId = instrumentId;
    this.#resolutionMs = resolutionMs;
  }

  /** `trades` are in order of time. */
  find(trades: readonly LookedUpTrade[]): Result<Findings> {
    const isKnown = new Uint8Array(trades.length);
    const alike = new Map<string, number>();
    for (const { likeness } of trades) if (likeness !== null) alike.set(likeness, 0);
    const margin = Math.max(TIME_TOLERANCE_MS, this.#resolutionMs);
    const range = {
      fromTime: (trades[0]?.eventTime ?? 0) - margin,
      toTime: (trades.at(-1)?.eventTime ?? 0) + margin + 1,
    };
    let after: StoredBlock | null = null;
    for (;;) {
      const block: Result<StoredBlock | null> = this.#source.nextBlock({
        ...{ instrumentId: this.#instrumentId, ...range, newest: false, after },
      });
      if (!block.ok) return block;
      if (block.value === null) return succeed({ isKnown, alike });
      after = block.value;
      const start = firstAtOrAfter(trades, after.firstTime - margin);
      const end = firstAtOrAfter(trades, after.lastTime + margin + 1);
      if (start === end) continue;
      const decoded = this.#decode(after);
      if (!decoded.ok) return decoded;
      for (let index = start; index < end; index++) {
        const id = trades[index]?.id ?? null;
        if (id !== null && decoded.value.ids.has(id)) isKnown[index] = 1;
      }
      if (alike.size > 0) this.#countAlike(decoded.value.trades, alike);
    }
  }

  #countAlike(trades: readonly Trade[], alike: Map<string, number>): void {
    for (const trade of trades) {
      const likeness = likenessOf(trade, this.#resolutionMs);
      const count = alike.get(likeness);
      if (count !== undefined) alike.set(likeness, count + 1);
    }
  }

  /** Neighbouring trades are looked up in the same blocks. An open block grows: then it is another. */
  #decode(block: StoredBlock): Result<DecodedBlock> {
    const known = this.#decoded.get(block.sequence);
    if (known?.count === block.count) return succeed(known);
    const trades = decodeTradeBlock(block.bytes, this.#instrumentId);
    if (!trades.ok) return trades;
    const ids = new Set(trades.value.map(({ id }) => id));
    const decoded = { count: block.count, ids, trades: trades.value };
    const [oldest] = this.#decoded.keys();
    if (this.#decoded.size >= MOST_DECODED && oldest !== undefined) this.#decoded.delete(oldest);
    this.#decoded.set(block.sequence, decoded);
    return succeed(decoded);
  }
}

function firstAtOrAfter(trades: readonly LookedUpTrade[], time: number): number {
  let low = 0;
  let high = trades.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((trades[middle]?.eventTime ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
