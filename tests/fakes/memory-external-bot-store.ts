import { invariant } from '#domain/assert.ts';
import type { BotConfig, BotLogEntry } from '#domain/bot.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { Fill } from '#domain/fill.ts';
import type { Notification } from '#domain/notification.ts';
import { isOpen, type Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type {
  ExternalBotStore,
  ExternalRuntime,
  StoredExternalBot,
} from '#main/bots/external-bot-store.ts';

interface Contents {
  configs: Map<string, BotConfig>;
  runtimes: Map<string, ExternalRuntime>;
  records: Set<string>;
  fills: Map<string, Fill>;
  orders: Map<string, Order>;
  positions: Map<string, Position>;
  points: EquityPoint[];
  logs: BotLogEntry[];
  notifications: Notification[];
}

const empty = (): Contents => ({
  configs: new Map(),
  runtimes: new Map(),
  records: new Set(),
  fills: new Map(),
  orders: new Map(),
  positions: new Map(),
  points: [],
  logs: [],
  notifications: [],
});

/** An ExternalBotStore in memory whose transactions roll back, and that outlives whom it serves. */
export class MemoryExternalBotStore implements ExternalBotStore {
  contents: Contents = empty();
  transactions = 0;
  /** Thrown at the end of each transaction while it is set. */
  failure: Error | null = null;
  readonly equity: ExternalBotStore['equity'] = {
    append: (point) => this.#inside().points.push(point),
    times: (botId) => {
      const times = this.contents.points
        .filter((one) => one.botId === botId)
        .map(({ time }) => time);
      const [first, last] = [times[0], times.at(-1)];
      return first === undefined || last === undefined ? null : { first, last };
    },
    thin: () => undefined,
    endQuarter: () => undefined,
  };
  #isOpen = false;

  list(): readonly StoredExternalBot[] {
    const { configs, runtimes, orders, positions } = this.contents;
    return [...configs.values()].map((config) => {
      const runtime = runtimes.get(config.id);
      invariant(runtime, 'every bot has a runtime');
      const mine = <T extends { botId: string }>(all: Iterable<T>) =>
        [...all].filter(({ botId }) => botId === config.id);
      return {
        config,
        runtime,
        positions: mine(positions.values()),
        openOrderIds: mine(orders.values())
          .filter(isOpen)
          .map(({ id }) => id),
      };
    });
  }

  transaction(work: () => void): void {
    const before = structuredClone(this.contents);
    this.#isOpen = true;
    try {
      work();
      if (this.failure) throw this.failure;
      this.transactions += 1;
    } catch (error) {
      this.contents = before;
      throw error;
    } finally {
      this.#isOpen = false;
    }
  }

  insert({ config, runtime }: Pick<StoredExternalBot, 'config' | 'runtime'>): void {
    this.#inside().configs.set(config.id, config);
    this.#inside().runtimes.set(config.id, runtime);
  }

  updateConfig(config: BotConfig): void {
    this.#inside().configs.set(config.id, config);
  }

  saveRuntime(runtime: ExternalRuntime): void {
    this.#inside().runtimes.set(runtime.botId, runtime);
  }

  insertRecord(botId: string, recordId: string): boolean {
    const { records } = this.#inside();
    const key = `${botId} ${recordId}`;
    return !records.has(key) && Boolean(records.add(key));
  }

  hasRecord(botId: string, recordId: string): boolean {
    return this.#inside().records.has(`${botId} ${recordId}`);
  }

  insertFill(fill: Fill): boolean {
    const { fills } = this.#inside();
    return !fills.has(fill.id) && Boolean(fills.set(fill.id, fill));
  }

  upsertOrder(order: Order): boolean {
    const { orders } = this.#inside();
    const known = orders.get(order.id);
    if (known && isOpen(order) && !isOpen(known) && known.updatedTime >= order.updatedTime)
      return false;
    return Boolean(orders.set(order.id, order));
  }

  upsertPosition(position: Position): void {
    this.#inside().positions.set(`${position.botId} ${position.instrumentId}`, position);
  }

  appendLog(entry: BotLogEntry): void {
    this.#inside().logs.push(entry);
  }

  insertNotification(notification: Notification): void {
    this.#inside().notifications.push(notification);
  }

  remove(botId: string): void {
    this.#inside().configs.delete(botId);
  }

  #inside(): Contents {
    invariant(this.#isOpen, 'written within a transaction');
    return this.contents;
  }
}
