import type { TimerClock } from '#domain/clock.ts';
import { systemClock } from '../client/system-clock.ts';
import type { FrameBatcher } from '../stores/frame-batcher.ts';
import { calmBatcher } from '../stores/page-frames.ts';

export type FlashDirection = 'up' | 'down';

/** What the style sheet knows a flash and its fading by. */
const FLASH = 'data-flash';
const FADE = 'data-fade';

type Frames = Pick<FrameBatcher, 'schedule'>;

const FADE_STEPS = 5;
const STEP_MS = 140;

/**
 * Lets elements flash and fade, in steps, by their attributes. An animation of the style sheet's would
 * have the browser restyle all that flashes in every frame, which costs more than all else where
 * prices never rest. A step is taken together with what else is drawn, and needs no frame of its own.
 */
export class FlashFader {
  readonly #clock: TimerClock;
  readonly #frames: Frames;
  /** How many steps of its fading each has taken. */
  readonly #steps = new Map<Element, number>();
  #stop: (() => void) | null = null;

  constructor(clock: TimerClock, frames: Frames) {
    this.#clock = clock;
    this.#frames = frames;
  }

  /** From the beginning, also where it is fading. */
  flash(element: Element, direction: FlashDirection): void {
    this.#steps.set(element, 0);
    write(element, FLASH, direction);
    write(element, FADE, '0');
    this.#stop ??= this.#clock.setInterval(
      () => this.#frames.schedule('fade', this.#fade),
      STEP_MS,
    );
  }

  /** The element is no more. */
  forget(element: Element): void {
    this.#steps.delete(element);
  }

  readonly #fade = (): void => {
    for (const [element, step] of this.#steps) {
      if (step + 1 < FADE_STEPS) {
        this.#steps.set(element, step + 1);
        write(element, FADE, String(step + 1));
      } else {
        this.#steps.delete(element);
        element.removeAttribute(FLASH);
        element.removeAttribute(FADE);
      }
    }
    if (this.#steps.size > 0) return;
    this.#stop?.();
    this.#stop = null;
  };
}

function write(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** The page's one fader. */
export const flashFader = new FlashFader(systemClock, calmBatcher);
