import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { HubClient } from '../../client/hub-client.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import { TapeRing } from './tape-ring.ts';
import type { TapeView } from './tape-view.ts';

const FRAME_KEY = 'tape';

export type TapePhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string };

export interface TapeSessionOptions {
  readonly client: Pick<HubClient, 'subscribe'>;
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  readonly view: Pick<TapeView, 'render' | 'isAtTop'>;
  readonly instrument: Instrument;
  readonly onPhase: (phase: TapePhase) => void;
  readonly onPause: (pause: { readonly isPaused: boolean; readonly pending: number }) => void;
}

/** The tape of one instrument on screen: collects pushes, draws once a frame, pauses under the pointer. */
export class TapeSession {
  readonly #options: TapeSessionOptions;
  readonly #ring = new TapeRing();
  readonly #leave: () => void;
  #phase: TapePhase = { kind: 'loading' };
  #isHovered = false;
  #hasReset = false;

  constructor(options: TapeSessionOptions) {
    this.#options = options;
    options.onPhase(this.#phase);
    this.#leave = options.client.subscribe(channel.trades(options.instrument.id), {
      onReset: () => this.#reset(),
      onPush: (push) => this.#receive(push),
      onRefused: (failure) => this.#setPhase({ kind: 'failed', message: failure.message }),
    });
    this.redraw();
  }

  dispose(): void {
    this.#leave();
    this.#options.frames.cancel(FRAME_KEY);
  }

  hover(isHovered: boolean): void {
    this.#isHovered = isHovered;
    this.#updatePause();
  }

  /** To be called when the view was scrolled or changed its size, too. */
  scrolled(): void {
    this.#updatePause();
  }

  redraw(): void {
    this.#options.frames.schedule(FRAME_KEY, () => this.#draw());
  }

  #updatePause(): void {
    if (this.#isHovered || !this.#options.view.isAtTop) this.#ring.pause();
    else this.#ring.resume();
    this.redraw();
  }

  #reset(): void {
    this.#hasReset = true;
    this.#ring.restart();
    this.redraw();
  }

  #receive(push: Push): void {
    if (push.event === 'trade:new') this.#ring.addTrades(push.payload.trades);
    else if (push.event === 'gap') this.#ring.addGap(push.payload.missed);
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
