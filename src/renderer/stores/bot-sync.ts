import { type BotTopic, channel } from '#contract/channels.ts';
import { deckOfBot } from '#contract/decks.ts';
import type { Push } from '#contract/pushes.ts';
import type { BotView } from '#contract/requests.ts';
import type { ChannelHandler } from '../client/hub-client.ts';
import {
  type BotState,
  FILLS_KEPT,
  LOGS_KEPT,
  mergeFills,
  mergeOrder,
  withBot,
  withChange,
  withoutBot,
} from './bot-store.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import { onEveryConnection, type SyncContext } from './sync-context.ts';

/** Keeps the bots current: their list at every connection, each bot by its own channels. */
export class BotSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<BotState>;
  readonly #followed = new Map<string, () => void>();
  readonly #end: () => void;

  constructor(context: SyncContext) {
    this.#context = context;
    this.#queue = createStoreQueue(context.stores.bots, context.frames, 'bots');
    this.#end = onEveryConnection(context.client, () => void this.reload());
  }

  stop(): void {
    this.#end();
    for (const end of this.#followed.values()) end();
    this.#followed.clear();
  }

  async reload(): Promise<void> {
    const reply = await this.#context.client.request('bots.list');
    if (!reply.ok) return;
    const { bots } = reply.value;
    const listed = new Set(bots.map((bot) => bot.config.id));
    for (const botId of [...this.#followed.keys()]) {
      // A deck's bots come and go with the deck.
      if (!listed.has(botId) && deckOfBot(botId) === undefined) this.forget(botId);
    }
    this.#queue((state) => ({ ...state, botIds: state.botIds ?? [] }));
    for (const bot of bots) this.take(bot);
  }

  /** Takes in a bot's newest view, and follows it from now on. */
  take(view: BotView): void {
    const botId = view.config.id;
    this.#queue((state) => withBot(state, view));
    if (!this.#followed.has(botId)) this.#followed.set(botId, this.#follow(botId));
    void this.#loadFills(botId);
    void this.#loadOpenOrders(botId);
  }

  forget(botId: string): void {
    this.#followed.get(botId)?.();
    this.#followed.delete(botId);
    this.#queue((state) => withoutBot(state, botId));
  }

  isFollowed(botId: string): boolean {
    return this.#followed.has(botId);
  }

  /** Follows a bot's log while somebody looks at it. */
  followLogs(botId: string): () => void {
    return this.#context.client.subscribe(channel.bot(botId, 'logs'), {
      onReset: () => this.#queue((state) => ({ ...state, logs: { ...state.logs, [botId]: [] } })),
      onPush: (push) => {
        if (push.event !== 'bot:log') return;
        const entry = push.payload;
        this.#queue((state) => {
          const entries = [entry, ...(state.logs[botId] ?? [])].slice(0, LOGS_KEPT);
          return { ...state, logs: { ...state.logs, [botId]: entries } };
        });
      },
    });
  }

  #follow(botId: string): () => void {
    const { client } = this.#context;
    const handler: ChannelHandler = { onPush: (push) => this.#onPush(botId, push) };
    const topics: readonly BotTopic[] = ['status', 'positions', 'trades', 'orders'];
    const ends = topics.map((topic) => client.subscribe(channel.bot(botId, topic), handler));
    return () => {
      for (const end of ends) end();
    };
  }

  #onPush(botId: string, push: Push): void {
    this.#queue((state) =>
      withChange(state, botId, (bot) => {
        switch (push.event) {
          case 'bot:status':
            return { status: push.payload };
          case 'bot:position':
            return { position: push.payload.position };
          case 'bot:trade':
            return { fills: mergeFills(bot.fills, [push.payload.trade]) };
          case 'bot:order':
            return { openOrders: mergeOrder(bot.openOrders, push.payload.order) };
          default:
            return {};
        }
      }),
    );
  }

  async #loadFills(botId: string): Promise<void> {
    const reply = await this.#context.client.request('fills.list', { botId, limit: FILLS_KEPT });
    if (!reply.ok) return;
    const { items } = reply.value;
    this.#queue((state) =>
      withChange(state, botId, (bot) => ({ fills: mergeFills(bot.fills, items) })),
    );
  }

  async #loadOpenOrders(botId: string): Promise<void> {
    const { client } = this.#context;
    const reply = await client.request('orders.list', { botId, openOnly: true, limit: 1_000 });
    if (!reply.ok) return;
    // Answers and pushes come in the hub's order, so the list is the truth at this point.
    this.#queue((state) => withChange(state, botId, () => ({ openOrders: reply.value.items })));
  }
}
