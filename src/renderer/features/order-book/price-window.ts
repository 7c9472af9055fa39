import { cleanPrice } from './ladder.ts';

/** The prices that a picture of the book shows. */
export interface PriceWindow {
  readonly low: number;
  readonly high: number;
}

/** How far the middle may wander from the centre before the window follows, in halves of its height. */
const WANDER_SHARE = 0.55;
const ZOOM_STEP = 1.25;
const MOST_ZOOM_STEPS = 14;

/**
 * Follows the middle of the book in jumps, so that the picture stands still in between. Its height is
 * a share of what it was given first, by `zoom`.
 */
export class FollowingWindow {
  #middle: number | null = null;
  #half = 0;
  #zoomSteps = 0;

  /** Null before there is any book. */
  get window(): PriceWindow | null {
    if (this.#middle === null || this.#half <= 0) return null;
    const half = this.#half * ZOOM_STEP ** -this.#zoomSteps;
    return { low: this.#middle - half, high: this.#middle + half };
  }

  /** `naturalHalf`: what would show the part of the book that matters. */
  follow(middle: number, naturalHalf: number): void {
    if (!Number.isFinite(middle) || !(naturalHalf > 0)) return;
    const shown = this.window;
    // A market that has grown much wider or narrower is another picture.
    const isOther =
      this.#half === 0 || naturalHalf > this.#half * 4 || naturalHalf < this.#half / 4;
    if (isOther) this.#half = naturalHalf;
    const half = shown === null ? 0 : (shown.high - shown.low) / 2;
    const isFar = this.#middle === null || Math.abs(middle - this.#middle) > half * WANDER_SHARE;
    if (isFar || isOther) this.#middle = middle;
  }

  /** A step in (positive) or out. */
  zoom(steps: number): void {
    const wanted = this.#zoomSteps + steps;
    this.#zoomSteps = Math.max(-MOST_ZOOM_STEPS, Math.min(MOST_ZOOM_STEPS, wanted));
  }
}

const STEPS = [1, 2, 5, 10];

/** Round prices for an axis, from low to high, at most `most` of them. */
export function axisPrices({ low, high }: PriceWindow, most: number, increment: number): number[] {
  const span = high - low;
  if (!(span > 0) || most < 1) return [];
  const decade = 10 ** Math.floor(Math.log10(span / most));
  const rough = STEPS.map((factor) => factor * decade).find((step) => span / step <= most);
  const step = Math.max(increment, rough ?? 10 * decade);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, index) => cleanPrice((first + index) * step));
}

/** The middle nearest to the wanted one of a text of this length that stands in a room from 0 on. */
export const centredWithin = (middle: number, length: number, room: number): number =>
  Math.max(length / 2, Math.min(room - length / 2, middle));
