import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { HubClient } from '../../client/hub-client.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import type { TapeRules } from './tape-preferences.ts';
import { type TapeHit, TapeRing } from './tape-ring.ts';
import type { TapeView } from './tape-view.ts';

export type TapePhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string };

export interface TapeSessionOptions {
  readonly client: Pick<HubClient, 'subscribe'>;
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  readonly view: Pick<TapeView, 'render' | 'isAtTop'>;
  /** Unique on the page: two panels must not take each other's frame. */
  readonly frameKey: string;
  readonly instrument: Instrument;
  readonly rules: TapeRules;
  readonly onPhase: (phase: TapePhase) => void;
  readonly onPause: (pause: { readonly isPaused: boolean; readonly pending: number }) => void;
  /** A large row that came just now, not of the history. */
  readonly onHit: (hit: TapeHit) => void;
}

/** The tape of one instrument on screen: collects pushes, draws once a frame, pauses under the pointer. */
export class TapeSession {
  readonly #options: TapeSessionOptions;
  readonly #ring: TapeRing;
  readonly #leave: () => void;
  #phase: TapePhase = { kind: 'loading' };
  #isHovered = false;
  #isHeld = false;
  /** What comes is news; before that it is what had been. */
  #isStarted = false;
  #hasReset = false;

  constructor(options: TapeSessionOptions) {
    this.#options = options;
    this.#ring = new TapeRing(options.rules);
    options.onPhase(this.#phase);
    this.#leave = options.client.subscribe(channel.trades(options.instrument.id), {
      onReset: () => this.#reset(),
      onPush: (push) => this.#receive(push),
      onStarted: () => {
        this.#isStarted = true;
      },
      onRefused: (failure) => this.#setPhase({ kind: 'failed', message: failure.message }),
    });
    this.redraw();
  }

  dispose(): void {
    this.#leave();
    this.#options.frames.cancel(this.#options.frameKey);
  }

  hover(isHovered: boolean): void {
    this.#isHovered = isHovered;
    this.#updatePause();
  }

  /** Stands still until it is let go, wherever the pointer is. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#updatePause();
  }

  /** To be called when the view was scrolled or changed its size, too. */
  scrolled(): void {
    this.#updatePause();
  }

  redraw(): void {
    this.#options.frames.schedule(this.#options.frameKey, () => this.#draw());
  }

  #updatePause(): void {
    if (this.#isHovered || this.#isHeld || !this.#options.view.isAtTop) this.#ring.pause();
    else this.#ring.resume();
    this.redraw();
  }

  #reset(): void {
    this.#isStarted = false;
    this.#hasReset = true;
    this.#ring.restart();
    this.redraw();
  }

  #receive(push: Push): void {
    if (push.event === 'trade:new') {
      const hit = this.#ring.addTrades(push.payload.trades);
      if (hit !== null && this.#isStarted) this.#options.onHit(hit);
    } else if (push.event === 'gap') this.#ring.addGap(push.payload.missed);
    this.redraw();
  }

  #draw(): void {
    const { view, instrument, onPause } = this.#options;
    view.render(this.#ring, instrument);
    onPause({ isPaused: this.#ring.isPaused, pending: this.#ring.pending });
    if (this.#ring.length > 0) this.#setPhase({ kind: 'ready' });
    else if (this.#hasReset) this.#setPhase({ kind: 'empty' });
  }

  #setPhase(phase: TapePhase): void {
    if (this.#phase.kind === phase.kind && phase.kind !== 'failed') return;
    this.#phase = phase;
    this.#options.onPhase(phase);
  }
}
