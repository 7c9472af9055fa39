import { invariant } from '#domain/assert.ts';
import type { BotConfig, BotLogEntry } from '#domain/bot.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
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
  points: EquityPoint[] = [];
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

  readonly equity = {
    times: (botId: string) => {
      const times = this.points.filter((point) => point.botId === botId).map(({ time }) => time);
      const [first] = times;
      const last = times.at(-1);
      return first === undefined || last === undefined ? null : { first, last };
    },
    lastPnl: (botId: string) =>
      this.points.filter((point) => point.botId === botId).at(-1)?.pnl ?? null,
    thin: (botId: string, periodMs: number): void => {
      this.points = this.points.filter(
        (point, index, all) =>
          point.botId !== botId ||
          all.findIndex(
            (other) =>
              other.botId === botId &&
              Math.floor(other.time / periodMs) === Math.floor(point.time / periodMs),
          ) === index,
      );
    },
  };

  commit(steps: readonly BotChanges[]): void {
    if (this.failure) throw this.failure;
    for (const changes of steps) this.#write(changes);
  }

  #write(changes: BotChanges): void {
    const { runtime, position } = changes;
    // What a real ledger stores is JSON: what does not survive it must not be relied on.
    this.#runtimes.set(runtime.botId, structuredClone(runtime));
    for (const order of changes.orders) this.orders.set(order.id, order);
    for (const fill of changes.fills) {
      invariant(!this.fills.some(({ id }) => id === fill.id), `fill ${fill.id} written twice`);
      this.fills.push(fill);
    }
    if (position) this.#positions.set(position.botId, position);
    if (changes.config) this.#configs.set(changes.config.id, changes.config);
    if (changes.equityPoint) this.points.push(changes.equityPoint);
    this.logs.push(...changes.logs);
    this.notifications.push(...changes.notifications);
  }
}
