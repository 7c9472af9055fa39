import type { BacktestView } from '#contract/backtest-requests.ts';
import { channel } from '#contract/channels.ts';
import type { Failure } from '#contract/errors.ts';
import {
  type BacktestsState,
  withBacktest,
  withFirstPage,
  withNextPage,
  withoutBacktest,
} from './backtest-store.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

const PAGE = 50;

/** Keeps the backtests current, while they are followed. */
export class BacktestSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<BacktestsState>;

  constructor(context: SyncContext) {
    this.#context = context;
    this.#queue = createStoreQueue(context.stores.backtests, context.frames, 'backtests');
  }

  /** Asks for them at every connection, and hears of each change. Returns its end. */
  follow(): () => void {
    return this.#context.client.subscribe(channel.backtests, {
      onPush: (push) => {
        if (push.event === 'backtest:update') this.take(push.payload.backtest);
        if (push.event === 'backtest:removed') this.forget(push.payload.backtestId);
      },
      onStarted: () => void this.#load(),
      onRefused: (failure) => this.#failed(failure),
    });
  }

  /** A page of older ones. */
  async loadMore(): Promise<void> {
    const { client, stores } = this.#context;
    const { nextBefore } = stores.backtests.getState();
    if (nextBefore === null) return;
    const reply = await client.request('backtests.list', { limit: PAGE, before: nextBefore });
    if (reply.ok) this.#queue((state) => withNextPage(state, reply.value));
    else this.#failed(reply.error);
  }

  take(view: BacktestView): void {
    this.#queue((state) => withBacktest(state, view));
  }

  forget(backtestId: string): void {
    this.#queue((state) => withoutBacktest(state, backtestId));
  }

  async #load(): Promise<void> {
    const reply = await this.#context.client.request('backtests.list', { limit: PAGE });
    // Answers and pushes come in the hub's order, so the list is the truth at this point.
    if (reply.ok) this.#queue((state) => withFirstPage(state, reply.value));
    else this.#failed(reply.error);
  }

  #failed({ message }: Failure): void {
    this.#queue((state) => ({ ...state, error: message }));
  }
}
