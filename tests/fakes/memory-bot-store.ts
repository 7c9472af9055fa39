import { invariant } from '#domain/assert.ts';
import type { BotConfig, BotLogEntry } from '#domain/bot.ts';
import type { Fill } from '#domain/fill.ts';
import type { Notification } from '#domain/notification.ts';
import { isOpen, type Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { BotChanges, BotRuntime, BotStore, StoredBot } from '#main/bots/bot-store.ts';

/** A BotStore in memory that can be told to fail, and that outlives the registry that it serves. */
export class MemoryBotStore implements BotStore {
  readonly #configs = new Map<string, BotConfig>();
  readonly #runtimes = new Map<string, BotRuntime>();
  readonly #positions = new Map<string, Position>();
  readonly orders = new Map<string, Order>();
  readonly fills: Fill[] = [];
  readonly logs: BotLogEntry[] = [];
  readonly notifications: Notification[] = [];
  failure: Error | null = null;

  list(): readonly StoredBot[] {
    return [...this.#configs.values()].map((config) => {
      const runtime = this.#runtimes.get(config.id);
      invariant(runtime, 'every bot has a runtime');
      return { config, runtime };
    });
  }

  insert({ config, runtime }: StoredBot): void {
    this.#configs.set(config.id, config);
    this.#runtimes.set(config.id, runtime);
  }

  updateConfig(config: BotConfig): void {
    this.#configs.set(config.id, config);
  }

  remove(botId: string): void {
    this.#configs.delete(botId);
    this.#runtimes.delete(botId);
  }

  openOrders(botId: string): readonly Order[] {
    return [...this.orders.values()].filter((order) => order.botId === botId && isOpen(order));
  }

  position(botId: string): Position | undefined {
    return this.#positions.get(botId);
  }

  commit(changes: BotChanges): void {
    if (this.failure) throw this.failure;
    const { runtime, position } = changes;
    // What a real ledger stores is JSON: what does not survive it must not be relied on.
    this.#runtimes.set(runtime.botId, structuredClone(runtime));
    for (const order of changes.orders) this.orders.set(order.id, order);
    for (const fill of changes.fills) {
      invariant(!this.fills.some(({ id }) => id === fill.id), `fill ${fill.id} written twice`);
      this.fills.push(fill);
    }
    if (position) this.#positions.set(position.botId, position);
    this.logs.push(...changes.logs);
    this.notifications.push(...changes.notifications);
  }
}
