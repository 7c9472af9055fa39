import { channel } from '#contract/channels.ts';
import type { BalanceState } from './balance-store.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

/** Keeps what all bots add up to current, while somebody looks at it. */
export class BalanceSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<BalanceState>;

  constructor(context: SyncContext) {
    this.#context = context;
    this.#queue = createStoreQueue(context.stores.balances, context.frames, 'balances');
  }

  /** Begins as soon as it is known whose page this is. Returns its end. */
  follow(): () => void {
    const { connection } = this.#context.stores;
    let end: (() => void) | null = null;
    const begin = () => {
      const { info } = connection.getState();
      if (info !== null) end ??= this.#subscribe(info.userId);
    };
    const stopWaiting = connection.subscribe(begin);
    begin();
    return () => {
      stopWaiting();
      end?.();
    };
  }

  #subscribe(userId: string): () => void {
    return this.#context.client.subscribe(channel.user(userId, 'balance'), {
      onPush: (push) => {
        if (push.event !== 'balance') return;
        const { balances } = push.payload;
        this.#queue(() => ({ balances }));
      },
      // The channel tells changes: where nothing has changed since the hub began, nothing was told.
      onStarted: () => void this.#load(),
    });
  }

  async #load(): Promise<void> {
    const reply = await this.#context.client.request('balances.get');
    // Answers and pushes come in the hub's order, so this is the truth at this point.
    if (reply.ok) this.#queue(() => ({ balances: reply.value.balances }));
  }
}
