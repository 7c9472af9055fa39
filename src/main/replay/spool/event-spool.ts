import { fail, type Result, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { dueTimeOf } from '../event-merger.ts';
import type { EventLane, ReplaySource, Since, Standing } from '../replay-source.ts';
import { eventsOf, type InstrumentNumbers } from './event-columns.ts';
import type { SpoolFile, Stretch } from './spool-file.ts';
import { firstBlockDue, lastStandBy, type SpoolBlock, type SpoolStand } from './spool-index.ts';
import { StandingMarket } from './standing-market.ts';

interface SpoolIndex {
  readonly blocks: readonly SpoolBlock[];
  readonly stands: readonly SpoolStand[];
}

/** A place is looked for more than once: for how the market stood there, and for what comes then. */
const KEPT_BLOCKS = 4;

interface DueEvent {
  readonly event: MarketEvent;
  readonly due: number;
}

/**
 * The events of one lane in a file of our own, to be begun anywhere. An event is due at its time, or with
 * the one before it where that is later or it has none (as the merger has it). What comes before the
 * first time of all is due before everything: it is known by how books and quotes stand.
 */
export class EventSpool {
  readonly #file: SpoolFile;
  readonly #instruments: InstrumentNumbers;
  readonly #index: SpoolIndex;
  /** What was read last, by where it lies. */
  readonly #kept = new Map<number, readonly MarketEvent[]>();

  constructor(file: SpoolFile, instruments: InstrumentNumbers, index: SpoolIndex) {
    this.#file = file;
    this.#instruments = instruments;
    this.#index = index;
  }

  /** Events due from then on, in their order. `ids` are all that there are. */
  lane(ids: readonly InstrumentId[], since: Since): EventLane {
    const times = ids.map(since);
    let at = firstBlockDue(this.#index.blocks, Math.min(...times));
    const all = Math.max(...times);
    return {
      next: () => {
        for (let block = this.#index.blocks[at]; block; block = this.#index.blocks[at]) {
          at += 1;
          const events = this.#eventsSince(block, since, all);
          if (!events.ok || events.value.length > 0) return events;
        }
        return succeed(null);
      },
    };
  }

  /** Trades since then, and how books and quotes stood before anything that is due at `time`. */
  standing(ids: readonly InstrumentId[], since: Since, time: EpochMs): Result<Standing> {
    const trades = this.#tradesSince(ids, since, time);
    if (!trades.ok) return trades;
    const { blocks, stands } = this.#index;
    const end = firstBlockDue(blocks, time);
    const stand = lastStandBy(stands, end);
    const market = new StandingMarket();
    const stood = stand ? this.#read(stand) : succeed([]);
    if (!stood.ok) return stood;
    for (const event of stood.value) market.apply(event);
    for (const block of blocks.slice(stand?.blockIndex ?? 0, end + 1)) {
      const read = this.#read(block);
      if (!read.ok) return read;
      for (const { event, due } of dueEvents(block, read.value))
        if (due < time) market.apply(event);
    }
    return succeed({ events: [...trades.value, ...market.events()], since: () => time });
  }

  /** Those that happened in the range, and were due before its end: the first, or the newest. */
  trades(
    id: InstrumentId,
    { fromTime, toTime, limit, newest }: Parameters<ReplaySource['trades']>[1],
  ): Result<readonly Trade[]> {
    const { blocks } = this.#index;
    const first = firstBlockDue(blocks, fromTime);
    const end = firstBlockDue(blocks, toTime) + 1;
    const inRange = blocks.slice(first, end).filter(({ traded }) => traded.has(id));
    const found: (readonly Trade[])[] = [];
    let count = 0;
    for (const block of newest ? inRange.toReversed() : inRange) {
      if (count >= limit) break;
      const read = this.#read(block);
      if (!read.ok) return read;
      const trades = dueEvents(block, read.value).flatMap(({ event, due }) =>
        event.kind === 'trade' && event.trade.instrumentId === id && due < toTime
          ? [event.trade]
          : [],
      );
      const within = trades.filter(({ eventTime }) => eventTime >= fromTime);
      found.push(within);
      count += within.length;
    }
    const inOrder = (newest ? found.toReversed() : found).flat();
    return succeed(newest ? inOrder.slice(-limit) : inOrder.slice(0, limit));
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** What has none of them is not read, however long ago the last trade of an instrument was. */
  #tradesSince(
    ids: readonly InstrumentId[],
    since: Since,
    time: EpochMs,
  ): Result<readonly MarketEvent[]> {
    const { blocks } = this.#index;
    const first = firstBlockDue(blocks, Math.min(...ids.map(since)));
    const found: MarketEvent[] = [];
    for (const block of blocks.slice(first, firstBlockDue(blocks, time) + 1)) {
      if (![...block.traded].some((id) => block.dueAfter >= since(id))) continue;
      const read = this.#read(block);
      if (!read.ok) return read;
      for (const { event, due } of dueEvents(block, read.value)) {
        if (event.kind !== 'trade' || due >= time) continue;
        if (event.trade.eventTime >= since(event.trade.instrumentId)) found.push(event);
      }
    }
    return succeed(found);
  }

  #eventsSince(block: SpoolBlock, since: Since, all: number): Result<readonly MarketEvent[]> {
    const read = this.#read(block);
    if (!read.ok || block.dueBefore >= all) return read;
    const wanted = dueEvents(block, read.value).filter(
      ({ event, due }) => due >= since(instrumentOf(event)),
    );
    return succeed(wanted.map(({ event }) => event));
  }

  #read(stretch: Stretch): Result<readonly MarketEvent[]> {
    const kept = this.#kept.get(stretch.offset);
    if (kept) return succeed(kept);
    try {
      const events = eventsOf(this.#file.read(stretch), this.#instruments);
      this.#kept.set(stretch.offset, events);
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined && this.#kept.size > KEPT_BLOCKS) this.#kept.delete(oldest);
      return succeed(events);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail(
        'unavailable',
        `What was read of the recording cannot be read again (${why}): close the deck, and open it anew.`,
      );
    }
  }
}

function dueEvents(block: SpoolBlock, events: readonly MarketEvent[]): readonly DueEvent[] {
  let due = block.dueBefore;
  return events.map((event) => {
    due = Math.max(due, dueTimeOf(event) ?? due);
    return { event, due };
  });
}
