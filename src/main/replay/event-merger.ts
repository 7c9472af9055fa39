import { type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import { eventTimeOf, type MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import type { EventLane } from './replay-source.ts';

/** When an event is due; null for one that has no time of its own. */
export function dueTimeOf(event: MarketEvent): EpochMs | null {
  return event.kind === 'gap' ? event.fromTime : eventTimeOf(event);
}

/** A lane with what was read of it ahead. */
class BufferedLane {
  readonly #lane: EventLane;
  #events: readonly MarketEvent[] = [];
  #index = 0;
  #hasEnded = false;
  /** When its next event is due: never before the one that it gave last. */
  time: EpochMs;

  constructor(lane: EventLane, fromTime: EpochMs) {
    this.#lane = lane;
    this.time = fromTime;
  }

  get event(): MarketEvent | undefined {
    return this.#events[this.#index];
  }

  get isReady(): boolean {
    return this.#hasEnded || this.#index < this.#events.length;
  }

  async read(): Promise<Result<void>> {
    const chunk = await this.#lane.next();
    if (!chunk.ok) return chunk;
    this.#hasEnded = chunk.value === null;
    this.#events = chunk.value ?? [];
    this.#index = 0;
    this.#advanceTime();
    return succeed(undefined);
  }

  shift(): void {
    this.#index += 1;
    this.#advanceTime();
  }

  /** Takes what was read and is due before `limit` or, where it is `inclusive`, at it. */
  shiftRun(limit: number, inclusive: boolean): readonly MarketEvent[] {
    const start = this.#index;
    while (this.event && (this.time < limit || (inclusive && this.time === limit))) this.shift();
    return this.#events.slice(start, this.#index);
  }

  async close(): Promise<void> {
    await this.#lane.close?.();
  }

  #advanceTime(): void {
    const { event } = this;
    const time = event && dueTimeOf(event);
    if (time && time > this.time) this.time = time;
  }
}

export interface DueEvent {
  readonly event: MarketEvent;
  readonly time: EpochMs;
}

/**
 * Merges lanes in event-time order: at the same time the earlier lane comes first, and a lane's own
 * order is always kept, whatever its events say of their time. So a replay does not depend on how
 * much was read at once.
 */
export class EventMerger {
  readonly #lanes: BufferedLane[];

  /** Nothing is due before `fromTime`. */
  constructor(lanes: readonly EventLane[], fromTime: EpochMs) {
    this.#lanes = lanes.map((lane) => new BufferedLane(lane, fromTime));
  }

  /** Whether it is known what comes next; else it must `prepare`. */
  get isReady(): boolean {
    return this.#lanes.every(({ isReady }) => isReady);
  }

  /** Reads ahead until it is ready. */
  async prepare(): Promise<Result<void>> {
    for (const lane of this.#lanes) {
      if (lane.isReady) continue;
      const read = await lane.read();
      if (!read.ok) return read;
    }
    return succeed(undefined);
  }

  /** What comes next; null at the end. Ready only. */
  peek(): DueEvent | null {
    const lane = this.#first();
    return lane?.event ? { event: lane.event, time: lane.time } : null;
  }

  /** When the next event is due; null at the end. Ready only. */
  nextTime(): EpochMs | null {
    return this.#first()?.time ?? null;
  }

  /** Takes the next event. Ready, and not at the end. */
  take(): MarketEvent {
    const lane = this.#first();
    invariant(lane?.event, 'there is an event to take');
    const { event } = lane;
    lane.shift();
    return event;
  }

  /**
   * Takes what comes next, and what of the same lane is at hand and comes before anything of another
   * one: the same events as by `take`, many at once. Ready, and not at the end.
   */
  takeRun(): readonly MarketEvent[] {
    const first = this.#first();
    invariant(first, 'there is an event to take');
    const at = this.#lanes.indexOf(first);
    let limit = Number.POSITIVE_INFINITY;
    let inclusive = true;
    for (const [index, lane] of this.#lanes.entries()) {
      if (lane === first || !lane.event || lane.time > limit) continue;
      const winsTies = at < index;
      inclusive = lane.time < limit ? winsTies : inclusive && winsTies;
      limit = lane.time;
    }
    return first.shiftRun(limit, inclusive);
  }

  async close(): Promise<void> {
    for (const lane of this.#lanes) await lane.close();
  }

  /** There are few lanes, so that a scan beats a heap. */
  #first(): BufferedLane | undefined {
    let first: BufferedLane | undefined;
    for (const lane of this.#lanes) {
      if (lane.event && (!first || lane.time < first.time)) first = lane;
    }
    return first;
  }
}
