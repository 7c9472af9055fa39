import type { TimerClock } from '#domain/clock.ts';
import { steadyClock } from '../client/system-clock.ts';
import type { FrameBatcher } from '../stores/frame-batcher.ts';
import { calmBatcher } from '../stores/page-frames.ts';
import { writeAttribute } from './write-element.ts';

export type FlashDirection = 'up' | 'down';
type Frames = Pick<FrameBatcher, 'schedule'>;

/** What the style sheet knows a flash and its fading by. */
const FLASH = 'data-flash';
const FADE = 'data-fade';

const FADE_STEPS = 5;
const STEP_MS = 140;
/** While prices flash more often than that, others fade in the frames that are drawn for those. */
const WAKE_MS = 2 * STEP_MS;

/**
 * Lets elements flash and fade, in steps by their age, by their attributes. An animation of the style
 * sheet's would have the browser restyle all that flashes in every frame, which costs more than all
 * else where prices never rest; and so would steps that are taken in frames of their own.
 */
export class FlashFader {
  readonly #clock: TimerClock;
  readonly #frames: Frames;
  /** Since when each flashes. */
  readonly #begun = new Map<Element, number>();
  #fadedTime = 0;
  #cancelWake: (() => void) | null = null;

  constructor(clock: TimerClock, frames: Frames) {
    this.#clock = clock;
    this.#frames = frames;
  }

  /** From the beginning, also where it is fading. */
  flash(element: Element, direction: FlashDirection): void {
    const now = this.#clock.now();
    if (now > this.#fadedTime) this.#fade();
    this.#begun.set(element, now);
    writeAttribute(element, FLASH, direction);
    writeAttribute(element, FADE, '0');
    if (this.#cancelWake === null) this.#wakeLater();
  }

  /** The element is no more. */
  forget(element: Element): void {
    this.#begun.delete(element);
    if (this.#begun.size === 0) this.#sleep();
  }

  readonly #fade = (): void => {
    const now = this.#clock.now();
    this.#fadedTime = now;
    for (const [element, begun] of this.#begun) {
      const step = Math.floor((now - begun) / STEP_MS);
      if (step < FADE_STEPS) {
        writeAttribute(element, FADE, String(Math.max(0, step)));
      } else {
        this.#begun.delete(element);
        element.removeAttribute(FLASH);
        element.removeAttribute(FADE);
      }
    }
    if (this.#begun.size === 0) this.#sleep();
    else this.#wakeLater();
  };

  #wakeLater(): void {
    this.#sleep();
    this.#cancelWake = this.#clock.setTimeout(() => {
      this.#cancelWake = null;
      this.#frames.schedule('fade', this.#fade);
    }, WAKE_MS);
  }

  #sleep(): void {
    this.#cancelWake?.();
    this.#cancelWake = null;
  }
}

/** The page's one fader. */
export const flashFader = new FlashFader(steadyClock, calmBatcher);
