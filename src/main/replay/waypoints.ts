import type { Result } from '#contract/errors.ts';
import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { DeckClock } from './deck-clock.ts';
import type { Playhead } from './playhead.ts';

/** A stage as it stood between two events. */
export interface SavedStage<S> {
  /** About what is held for it alone. */
  readonly bytes: number;
  /** Another stage that goes on from there, by a clock that shows the time of then. */
  restore(clock: DeckClock): Result<S>;
}

/** A place of a run with the stage as it stood there: a seek may begin here instead of at the start. */
export interface Waypoint<S> {
  readonly place: Playhead;
  readonly tradesPlayed: number;
  readonly stage: SavedStage<S>;
}

export interface WaypointLimits {
  /** Trades and milliseconds of playing between two waypoints, as long as they are few. */
  readonly finestTrades: number;
  readonly finestMs: number;
  readonly mostWaypoints: number;
  readonly mostBytes: number;
}

/**
 * What a few hundredths of a second play, be it many trades or, with many bots and rules, or with quotes
 * and books between them, few.
 */
const WAYPOINT_LIMITS: WaypointLimits = {
  finestTrades: 100,
  finestMs: 30,
  mostWaypoints: 1_000,
  mostBytes: 64 * 1024 * 1024,
};

/**
 * The waypoints of a run. Where they have become too many, every other is let go, and from then on they
 * lie twice as far apart: so memory is bounded however long a deck is. Where they lie decides nothing
 * but how long a seek takes.
 */
export class Waypoints<S> {
  readonly #limits: WaypointLimits;
  /** By trades played. */
  #kept = new Map<number, Waypoint<S>>();
  #spacing: number;
  #spacingMs: number;
  #passedTime = Number.NEGATIVE_INFINITY;
  #bytes = 0;

  constructor(limits: WaypointLimits = WAYPOINT_LIMITS) {
    this.#limits = limits;
    this.#spacing = limits.finestTrades;
    this.#spacingMs = limits.finestMs;
  }

  get count(): number {
    return this.#kept.size;
  }

  /** The fewest trades between two of them. */
  get spacing(): number {
    return this.#spacing;
  }

  /** Whether one is to be kept after so many trades; `clock` is the machine's. */
  isDue(tradesPlayed: number, clock: Clock): boolean {
    if (tradesPlayed % this.#spacing !== 0) return false;
    const now = clock.now();
    if (this.#kept.has(tradesPlayed)) this.#passedTime = now;
    const elapsedMs = Math.abs(now - this.#passedTime);
    return !this.#kept.has(tradesPlayed) && elapsedMs >= this.#spacingMs;
  }

  keep(waypoint: Waypoint<S>, clock: Clock): void {
    this.#put(waypoint);
    const { mostWaypoints, mostBytes } = this.#limits;
    while (this.#kept.size > mostWaypoints || (this.#bytes > mostBytes && this.#kept.size > 1)) {
      this.#thin();
    }
    this.#passedTime = clock.now();
  }

  /** The last one of which all is due by `time`; null where there is none. */
  lastBy(time: EpochMs): Waypoint<S> | null {
    let last: Waypoint<S> | null = null;
    for (const waypoint of this.#kept.values()) {
      const isLater = waypoint.tradesPlayed > (last?.tradesPlayed ?? 0);
      if (isLater && waypoint.place.time <= time) last = waypoint;
    }
    return last;
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#spacing = this.#limits.finestTrades;
    this.#spacingMs = this.#limits.finestMs;
    this.#passedTime = Number.NEGATIVE_INFINITY;
  }

  #thin(): void {
    this.#spacing *= 2;
    this.#spacingMs *= 2;
    const inOrder = [...this.#kept.values()].sort((a, b) => a.tradesPlayed - b.tradesPlayed);
    this.#kept = new Map();
    this.#bytes = 0;
    for (const [index, waypoint] of inOrder.entries()) if (index % 2 === 1) this.#put(waypoint);
  }

  #put(waypoint: Waypoint<S>): void {
    this.#kept.set(waypoint.tradesPlayed, waypoint);
    this.#bytes += waypoint.stage.bytes;
  }
}
