import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { OrderBook } from '#domain/order-book.ts';
import type { HubClient } from '../../client/hub-client.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import { BookFollower } from './book-follower.ts';

/** What draws a book. Null: there is none that could be shown. */
export interface BookView {
  draw(book: OrderBook | null): void;
}

/** What stands in place of the book; `ready` while there is one. */
export type BookPhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** There is no book that could be trusted. */
  | { readonly kind: 'distrusted'; readonly reason: 'cutOff' | 'lost' | 'crossed' }
  | { readonly kind: 'failed'; readonly message: string };

export interface BookSessionOptions {
  readonly client: Pick<HubClient, 'subscribe'>;
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  /** Unique on the page: two panels must not take each other's frame. */
  readonly frameKey: string;
  readonly view: BookView;
  readonly instrument: Instrument;
  readonly onPhase: (phase: BookPhase) => void;
}

/** The book of one instrument on screen: applies every change, draws once a frame. */
export class BookSession {
  readonly #options: BookSessionOptions;
  readonly #follower: BookFollower;
  readonly #leave: () => void;
  #isCutOff = false;
  #refusal: string | null = null;
  #shownPhase = '';

  constructor(options: BookSessionOptions) {
    this.#options = options;
    this.#follower = new BookFollower(options.instrument.id);
    this.#leave = options.client.subscribe(channel.orderBook(options.instrument.id), {
      onReset: () => this.#reset(),
      onPush: (push) => this.#receive(push),
      onRefused: (failure) => this.#refuse(failure.message),
    });
    this.#draw();
  }

  dispose(): void {
    this.#leave();
    this.#options.frames.cancel(this.#options.frameKey);
    this.#options.view.draw(null);
  }

  /** The connection or the feed is down: what was the book may not be it any more. */
  setCutOff(isCutOff: boolean): void {
    this.#isCutOff = isCutOff;
    this.redraw();
  }

  redraw(): void {
    this.#options.frames.schedule(this.#options.frameKey, () => this.#draw());
  }

  #reset(): void {
    this.#refusal = null;
    if (this.#follower.state !== 'loading') this.#follower.lose();
    this.redraw();
  }

  #refuse(message: string): void {
    this.#refusal = message;
    this.redraw();
  }

  #receive(push: Push): void {
    if (push.event === 'orderbook:update') this.#follower.apply(push.payload);
    else if (push.event === 'gap') this.#follower.lose();
    this.redraw();
  }

  #draw(): void {
    const phase = this.#phase();
    this.#options.view.draw(phase.kind === 'ready' ? this.#follower.book : null);
    const shown = JSON.stringify(phase);
    if (shown !== this.#shownPhase) this.#options.onPhase(phase);
    this.#shownPhase = shown;
  }

  #phase(): BookPhase {
    if (this.#refusal !== null) return { kind: 'failed', message: this.#refusal };
    if (this.#isCutOff) return { kind: 'distrusted', reason: 'cutOff' };
    switch (this.#follower.state) {
      case 'loading':
        return { kind: 'loading' };
      case 'ready':
        return { kind: 'ready' };
      case 'lost':
        return { kind: 'distrusted', reason: 'lost' };
      case 'crossed':
        return { kind: 'distrusted', reason: 'crossed' };
    }
  }
}
