import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import type { HubClient } from '../../client/hub-client.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import { BookFollower } from './book-follower.ts';
import { type LadderOptions, ladderOf } from './ladder.ts';
import type { LadderView } from './ladder-view.ts';
import { NO_OWN_ORDERS, type OwnOrders, ownOrdersOf } from './own-orders.ts';

const FRAME_KEY = 'order-book';

/** What stands in place of a ladder; `ready` while there is one. */
export type BookPhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** There is no book that could be trusted. */
  | { readonly kind: 'distrusted'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

export interface BookSessionOptions {
  readonly client: Pick<HubClient, 'subscribe'>;
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  readonly view: Pick<LadderView, 'fit' | 'render'>;
  readonly instrument: Instrument;
  readonly onPhase: (phase: BookPhase) => void;
}

/** The book of one instrument on screen: applies every change, draws once a frame. */
export class BookSession {
  readonly #options: BookSessionOptions;
  readonly #follower: BookFollower;
  readonly #leave: () => void;
  #orders: readonly Order[] = [];
  #own: { readonly key: string; readonly orders: OwnOrders } = { key: '', orders: NO_OWN_ORDERS };
  #grouping = 1;
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
    this.#options.frames.cancel(FRAME_KEY);
    this.#options.view.render(null);
  }

  /** The connection or the feed is down: what was the book may not be it any more. */
  setCutOff(isCutOff: boolean): void {
    this.#isCutOff = isCutOff;
    this.redraw();
  }

  setGrouping(grouping: number): void {
    this.#grouping = grouping;
    this.redraw();
  }

  setOrders(orders: readonly Order[]): void {
    this.#orders = orders;
    this.#own = { key: '', orders: NO_OWN_ORDERS };
    this.redraw();
  }

  redraw(): void {
    this.#options.frames.schedule(FRAME_KEY, () => this.#draw());
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
    const { view, instrument } = this.#options;
    const rows = view.fit();
    const phase = this.#phase();
    if (phase.kind === 'ready') {
      const options = { rows, priceIncrement: instrument.priceIncrement, grouping: this.#grouping };
      view.render({
        ladder: ladderOf(this.#follower.book, options),
        own: this.#ownOrders(options),
        increments: instrument,
        rowIncrement: Number((instrument.priceIncrement * this.#grouping).toPrecision(12)),
      });
    } else view.render(null);
    const shown = JSON.stringify(phase);
    if (shown !== this.#shownPhase) this.#options.onPhase(phase);
    this.#shownPhase = shown;
  }

  #ownOrders(options: LadderOptions): OwnOrders {
    const key = String(options.grouping);
    if (this.#own.key !== key) {
      const orders = ownOrdersOf(this.#orders, this.#options.instrument.id, options);
      this.#own = { key, orders };
    }
    return this.#own.orders;
  }

  #phase(): BookPhase {
    if (this.#refusal !== null) return { kind: 'failed', message: this.#refusal };
    if (this.#isCutOff) {
      return {
        kind: 'distrusted',
        message: 'Cut off: the book is not shown until data flow again.',
      };
    }
    switch (this.#follower.state) {
      case 'loading':
        return { kind: 'loading' };
      case 'ready':
        return { kind: 'ready' };
      case 'lost':
        return { kind: 'distrusted', message: 'No book that can be trusted just now' };
      case 'crossed':
        return { kind: 'distrusted', message: 'Book crossed: not shown until it is consistent' };
    }
  }
}
