import type { Clock } from '#domain/clock.ts';
import type { Order } from '#domain/order.ts';
import type { Bot } from './bot.ts';
import { type BotChanges, type BotStore, onlyRuntime } from './bot-store.ts';

export interface UnattendedOrdersOptions {
  readonly store: Pick<BotStore, 'openOrders'>;
  readonly clock: Clock;
  readonly commit: (bot: Bot, changes: BotChanges) => void;
  /** Brings to disk what waits for it. */
  readonly flush: () => void;
}

/** The open orders of bots that have no runner: they are as the ledger holds them. */
export class UnattendedOrders {
  readonly #options: UnattendedOrdersOptions;

  constructor(options: UnattendedOrdersOptions) {
    this.#options = options;
  }

  /** As on disk. */
  of(bot: Bot): readonly Order[] {
    return this.#options.store.openOrders(bot.id);
  }

  /** As they stand once canceled. */
  canceled(bot: Bot, reason: string): readonly Order[] {
    const updatedTime = this.#options.clock.now();
    return this.of(bot).map((order) => ({ ...order, status: 'canceled', reason, updatedTime }));
  }

  cancelAll(bot: Bot, reason: string, strategy: 'goesOn' | 'ends'): void {
    const { flush, commit, clock } = this.#options;
    flush();
    const before = bot.currentRuntime();
    const strategyState = strategy === 'goesOn' ? before.strategyState : undefined;
    const entry = { botId: bot.id, level: 'info', message: reason } as const;
    commit(bot, {
      ...onlyRuntime({ ...before, strategyState, accountState: undefined }),
      orders: this.canceled(bot, reason),
      logs: [{ ...entry, time: clock.now() }],
    });
  }

  /** Undefined where it is not open. */
  cancelOne(bot: Bot, orderId: string, reason: string): Order | undefined {
    const { flush, commit } = this.#options;
    flush();
    const canceled = this.canceled(bot, reason).find(({ id }) => id === orderId);
    if (canceled) {
      commit(bot, { ...onlyRuntime(bot.currentRuntime()), orders: [canceled] });
      flush();
    }
    return canceled;
  }
}
