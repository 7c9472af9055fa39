import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { HubClient } from '../../client/hub-client.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import type { TapeHit, WireLiquidation } from './tape-entry.ts';
import type { TapeRules } from './tape-preferences.ts';
import { TapeRing } from './tape-ring.ts';
import type { TapeView } from './tape-view.ts';

/** As many as a fresh subscription tells. */
const MOST_LIQUIDATIONS = 100;

export type TapePhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string };

export interface TapeSessionOptions {
  readonly client: Pick<HubClient, 'subscribe'>;
  /** For what follows the hand. */
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  /** For what follows the market. */
  readonly dataFrames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
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
  readonly #leaves: (() => void)[] = [];
  /** Since the last reset of their channel, oldest first: a tape that begins anew has them again. */
  #liquidations: WireLiquidation[] = [];
  #areLiquidationsNews = false;
  /** The trades begin anew; what lies between them is put there when they have. */
  #isRefilling = true;
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
    const { client, instrument, rules } = options;
    this.#leaves.push(
      client.subscribe(channel.trades(instrument.id), {
        onReset: () => this.#reset(),
        onPush: (push) => this.#receive(push),
        onStarted: () => this.#start(),
        onRefused: (failure) => this.#setPhase({ kind: 'failed', message: failure.message }),
      }),
    );
    if (rules.liquidations !== 'hidden') this.#leaves.push(this.#followLiquidations());
    this.redraw();
  }

  dispose(): void {
    for (const leave of this.#leaves) leave();
    const { frames, dataFrames, frameKey } = this.#options;
    frames.cancel(frameKey);
    dataFrames.cancel(frameKey);
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
    this.#options.dataFrames.schedule(this.#options.frameKey, () => this.#draw());
  }

  #updatePause(): void {
    if (this.#isHovered || this.#isHeld || !this.#options.view.isAtTop) this.#ring.pause();
    else this.#ring.resume();
    this.#options.frames.schedule(this.#options.frameKey, () => this.#draw());
  }

  #reset(): void {
    this.#isStarted = false;
    this.#isRefilling = true;
    this.#hasReset = true;
    this.#ring.restart();
    this.redraw();
  }

  #start(): void {
    this.#isStarted = true;
    if (!this.#isRefilling) return;
    this.#isRefilling = false;
    for (const one of this.#liquidations) this.#ring.addLiquidation(one);
    this.redraw();
  }

  #followLiquidations(): () => void {
    const { client, instrument } = this.#options;
    return client.subscribe(channel.liquidations(instrument.id), {
      onReset: () => {
        this.#liquidations = [];
        this.#areLiquidationsNews = false;
        this.#ring.dropLiquidations();
        this.redraw();
      },
      onPush: (push) => {
        if (push.event === 'liquidation:new') this.#takeLiquidation(push.payload);
      },
      onStarted: () => {
        this.#areLiquidationsNews = true;
      },
    });
  }

  #takeLiquidation(liquidation: WireLiquidation): void {
    this.#liquidations = [...this.#liquidations, liquidation].slice(-MOST_LIQUIDATIONS);
    if (this.#isRefilling) return;
    const hit = this.#ring.addLiquidation(liquidation);
    if (hit !== null && this.#areLiquidationsNews) this.#options.onHit(hit);
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
