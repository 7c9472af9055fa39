import { type BotTopic, channel } from '#contract/channels.ts';
import { deckOfBot } from '#contract/decks.ts';
import type { Push } from '#contract/pushes.ts';
import type { BotView } from '#contract/requests.ts';
import type { ChannelHandler } from '../client/channel-subscription.ts';
import { BotLoads } from './bot-loads.ts';
import { BotQueue } from './bot-queue.ts';
import {
  LOGS_KEPT,
  mergeFills,
  mergeOrder,
  withBots,
  withoutBot,
  withPosition,
} from './bot-store.ts';
import { onEveryConnection, type SyncContext } from './sync-context.ts';

/** Keeps the bots current: their list at every connection, each bot by its own channels. */
export class BotSync {
  readonly #context: SyncContext;
  readonly #queue: BotQueue;
  readonly #loads: BotLoads;
  readonly #followed = new Map<string, () => void>();
  readonly #end: () => void;
  #isLookingAgain = false;

  constructor(context: SyncContext) {
    this.#context = context;
    this.#queue = new BotQueue(context.stores.bots, context.frames);
    this.#loads = new BotLoads(context.client, this.#queue);
    this.#end = onEveryConnection(context.client, () => void this.reload());
  }

  stop(): void {
    this.#end();
    for (const end of this.#followed.values()) end();
    this.#followed.clear();
  }

  async reload(): Promise<void> {
    const reply = await this.#context.client.request('bots.list');
    if (reply.ok) await this.#takeAll(reply.value.bots);
  }

  /** Takes in what another window has changed of their settings, which nobody pushes. */
  async renew(): Promise<void> {
    const reply = await this.#context.client.request('bots.list');
    if (!reply.ok) return;
    const listed = new Set(reply.value.bots.map(({ config }) => config.id));
    const followed = this.#followedHere();
    if (followed.length !== listed.size || followed.some((botId) => !listed.has(botId))) {
      await this.#takeAll(reply.value.bots);
      return;
    }
    const { bots } = this.#context.stores.bots.getState();
    for (const { config } of reply.value.bots) {
      const known = bots[config.id];
      const isSame = JSON.stringify(known?.config) === JSON.stringify(config);
      if (known !== undefined && !isSame) this.#queue.changeBot(config.id, () => ({ config }));
    }
  }

  /** Takes in a bot's newest view, and follows it from now on. */
  take(view: BotView): void {
    this.#takeIn([view]);
    void this.#loads.loadOne(view.config.id);
  }

  forget(botId: string): void {
    this.#followed.get(botId)?.();
    this.#followed.delete(botId);
    // A deck that was wound back shows its charts anew in the same moment: they find none of its fills.
    this.#queue.changeNow((state) => withoutBot(state, botId));
  }

  isFollowed(botId: string): boolean {
    return this.#followed.has(botId);
  }

  /** Follows a bot's log while somebody looks at it. */
  followLogs(botId: string): () => void {
    return this.#context.client.subscribe(channel.bot(botId, 'logs'), {
      onReset: () =>
        this.#queue.change((state) => ({ ...state, logs: { ...state.logs, [botId]: [] } })),
      onPush: (push) => {
        if (push.event !== 'bot:log') return;
        const entry = push.payload;
        this.#queue.change((state) => {
          const entries = [entry, ...(state.logs[botId] ?? [])].slice(0, LOGS_KEPT);
          return { ...state, logs: { ...state.logs, [botId]: entries } };
        });
      },
    });
  }

  async #takeAll(bots: readonly BotView[]): Promise<void> {
    const listed = new Set(bots.map(({ config }) => config.id));
    for (const botId of this.#followedHere()) if (!listed.has(botId)) this.forget(botId);
    this.#takeIn(bots);
    await this.#loads.loadAll(bots);
  }

  /** A deck's bots come and go with the deck. */
  #followedHere(): readonly string[] {
    return [...this.#followed.keys()].filter((botId) => deckOfBot(botId) === undefined);
  }

  /** The channels of a bot have ended, all at once: another window has removed it. */
  async #lookAgain(): Promise<void> {
    if (this.#isLookingAgain) return;
    this.#isLookingAgain = true;
    await this.reload();
    this.#isLookingAgain = false;
  }

  /** Followed before anything is asked of them: what happens meanwhile is pushed. */
  #takeIn(views: readonly BotView[]): void {
    this.#queue.change((state) => withBots(state, views));
    for (const { config } of views) {
      if (!this.#followed.has(config.id)) this.#followed.set(config.id, this.#follow(config.id));
    }
  }

  #follow(botId: string): () => void {
    const { client } = this.#context;
    const handler: ChannelHandler = {
      onPush: (push) => this.#onPush(botId, push),
      onRefused: ({ code }) => {
        if (code === 'access_denied') void this.#lookAgain();
      },
    };
    const topics: readonly BotTopic[] = ['status', 'positions', 'trades', 'orders'];
    const ends = topics.map((topic) => client.subscribe(channel.bot(botId, topic), handler));
    return () => {
      for (const end of ends) end();
    };
  }

  #onPush(botId: string, push: Push): void {
    this.#queue.changeBot(botId, (bot) => {
      switch (push.event) {
        case 'bot:status':
          return { status: push.payload };
        case 'bot:position':
          return withPosition(bot, push.payload.position);
        case 'bot:trade':
          return { fills: mergeFills(bot.fills, [push.payload.trade]) };
        case 'bot:order':
          return { openOrders: mergeOrder(bot.openOrders, push.payload.order) };
        default:
          return {};
      }
    });
  }
}
