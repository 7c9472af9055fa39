import type { Result } from '#contract/errors.ts';
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
  /** Trades between two waypoints, as long as they are few. */
  readonly finestTrades: number;
  readonly mostWaypoints: number;
  readonly mostBytes: number;
}

/** So many trades are played in a few hundredths of a second. */
const WAYPOINT_LIMITS: WaypointLimits = {
  finestTrades: 25_000,
  mostWaypoints: 400,
  mostBytes: 64 * 1024 * 1024,
};

/**
 * The waypoints of a run, by trades played. Where they have become too many, every other is let go, and
 * from then on they lie twice as far apart: so memory is bounded however long a deck is.
 */
export class Waypoints<S> {
  readonly #limits: WaypointLimits;
  /** By how many spacings were played, in the order in which they were kept. */
  readonly #kept = new Map<number, Waypoint<S>>();
  #spacing: number;
  #bytes = 0;

  constructor(limits: WaypointLimits = WAYPOINT_LIMITS) {
    this.#limits = limits;
    this.#spacing = limits.finestTrades;
  }

  get count(): number {
    return this.#kept.size;
  }

  /** Trades between two of them. */
  get spacing(): number {
    return this.#spacing;
  }

  /** Whether one is to be kept after so many trades. */
  isDue(tradesPlayed: number): boolean {
    return tradesPlayed % this.#spacing === 0 && !this.#kept.has(tradesPlayed / this.#spacing);
  }

  keep(waypoint: Waypoint<S>): void {
    this.#put(waypoint);
    const { mostWaypoints, mostBytes } = this.#limits;
    while (this.#kept.size > mostWaypoints || (this.#bytes > mostBytes && this.#kept.size > 1)) {
      this.#thin();
    }
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
  }

  #thin(): void {
    this.#spacing *= 2;
    const left = [...this.#kept.values()].filter(
      ({ tradesPlayed }) => tradesPlayed % this.#spacing === 0,
    );
    this.#kept.clear();
    this.#bytes = 0;
    for (const waypoint of left) this.#put(waypoint);
  }

  #put(waypoint: Waypoint<S>): void {
    this.#kept.set(waypoint.tradesPlayed / this.#spacing, waypoint);
    this.#bytes += waypoint.stage.bytes;
  }
}
