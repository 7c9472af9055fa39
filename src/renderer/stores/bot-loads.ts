import type { Result } from '#contract/errors.ts';
import type { BotView } from '#contract/requests.ts';
import type { Fill } from '#domain/fill.ts';
import type { Order } from '#domain/order.ts';
import type { HubClient } from '../client/hub-client.ts';
import { systemClock } from '../client/system-clock.ts';
import type { BotQueue } from './bot-queue.ts';
import { FILLS_KEPT, mergeFills, mergeOrder } from './bot-store.ts';

const MOST_AT_ONCE = 1_000;
/** Bots whose fills are asked for at the same time. */
const ASKED_AT_ONCE = 4;
const TRY_AGAIN_MS = 1_000;

/** Reads what bots did before the page looked: of all of them in few requests. */
export class BotLoads {
  readonly #client: HubClient;
  readonly #queue: BotQueue;
  /** Grows with each loading of all: an older one ends. */
  #generation = 0;

  constructor(client: HubClient, queue: BotQueue) {
    this.#client = client;
    this.#queue = queue;
  }

  async loadAll(bots: readonly BotView[]): Promise<void> {
    this.#generation += 1;
    const generation = this.#generation;
    await Promise.all([
      this.#loadAllOpenOrders(bots, generation),
      this.#loadAllFills(bots, generation),
    ]);
  }

  async loadOne(botId: string): Promise<void> {
    await Promise.all([this.#loadFills(botId), this.#loadOpenOrders(botId)]);
  }

  /**
   * Answers and pushes come in the hub's order, so that a page is the truth at its point: the first
   * one of all bots, each that follows of orders older than those before.
   */
  async #loadAllOpenOrders(bots: readonly BotView[], generation: number): Promise<void> {
    let before: string | null = null;
    let isFirst = true;
    do {
      const reply = await this.#ask(() =>
        this.#client.request('orders.list', {
          ...{ openOnly: true, limit: MOST_AT_ONCE },
          ...(before !== null && { before }),
        }),
      );
      if (!reply.ok || generation !== this.#generation) return;
      const open = byBot(reply.value.items);
      if (isFirst) for (const { config } of bots) this.#setOpenOrders(config.id, open);
      else for (const [botId, orders] of open) this.#addOpenOrders(botId, orders);
      isFirst = false;
      before = reply.value.nextBefore;
    } while (before !== null);
  }

  async #loadAllFills(bots: readonly BotView[], generation: number): Promise<void> {
    const reply = await this.#ask(() =>
      this.#client.request('fills.list', { limit: MOST_AT_ONCE }),
    );
    if (!reply.ok || generation !== this.#generation) return;
    const newest = byBot(reply.value.items);
    for (const [botId, fills] of newest) this.#addFills(botId, fills);
    if (reply.value.nextBefore === null) return;
    const left = bots.filter(({ config, status }) => {
      const known = newest.get(config.id)?.length ?? 0;
      return known < Math.min(FILLS_KEPT, status.fillCount);
    });
    const goOn = async (): Promise<void> => {
      for (let bot = left.shift(); bot; bot = left.shift()) {
        if (generation !== this.#generation) return;
        await this.#loadFills(bot.config.id);
      }
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, goOn));
  }

  async #loadFills(botId: string): Promise<void> {
    const reply = await this.#ask(() =>
      this.#client.request('fills.list', { botId, limit: FILLS_KEPT }),
    );
    if (reply.ok) this.#addFills(botId, reply.value.items);
  }

  async #loadOpenOrders(botId: string): Promise<void> {
    const reply = await this.#ask(() =>
      this.#client.request('orders.list', { botId, openOnly: true, limit: MOST_AT_ONCE }),
    );
    if (reply.ok) this.#queue.changeBot(botId, () => ({ openOrders: reply.value.items }));
  }

  #setOpenOrders(botId: string, open: ReadonlyMap<string, readonly Order[]>): void {
    this.#queue.changeBot(botId, () => ({ openOrders: open.get(botId) ?? [] }));
  }

  #addOpenOrders(botId: string, orders: readonly Order[]): void {
    this.#queue.changeBot(botId, ({ openOrders }) => ({
      openOrders: orders.reduce((known, order) => mergeOrder(known, order), openOrders),
    }));
  }

  #addFills(botId: string, fills: readonly Fill[]): void {
    this.#queue.changeBot(botId, (bot) => ({ fills: mergeFills(bot.fills, fills) }));
  }

  /** What came too soon for the hub is asked again. */
  async #ask<T>(request: () => Promise<Result<T>>): Promise<Result<T>> {
    for (;;) {
      const reply = await request();
      if (reply.ok || reply.error.code !== 'rate_limited') return reply;
      await new Promise<void>((resolve) => systemClock.setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}

function byBot<T extends { readonly botId: string }>(items: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const known = found.get(item.botId);
    if (known) known.push(item);
    else found.set(item.botId, [item]);
  }
  return found;
}
