import { type Result, succeed } from '#contract/errors.ts';
import type { BotView, RequestInput } from '#contract/requests.ts';
import type { HubClient } from '../client/hub-client.ts';
import { translator } from '../i18n/i18n.ts';
import type { BotSync } from '../stores/bot-sync.ts';
import type { Notices } from '../stores/notices.ts';

type OneBot = 'bots.start' | 'bots.pause' | 'bots.stop';

/** What the user does to bots. The answer is in the stores before it is returned. */
export class BotCommands {
  readonly #client: HubClient;
  readonly #bots: BotSync;
  readonly #notices: Notices;

  constructor(client: HubClient, bots: BotSync, notices: Notices) {
    this.#client = client;
    this.#bots = bots;
    this.#notices = notices;
  }

  async create(draft: RequestInput<'bots.create'>): Promise<Result<BotView>> {
    return this.#taken(await this.#client.request('bots.create', draft));
  }

  async update(edit: RequestInput<'bots.update'>): Promise<Result<BotView>> {
    return this.#taken(await this.#client.request('bots.update', edit));
  }

  async run(method: OneBot, botId: string): Promise<Result<BotView>> {
    return this.#taken(await this.#client.request(method, { botId }));
  }

  /** Stops it, with its position closed. */
  async flatten(botId: string): Promise<Result<BotView>> {
    return this.#taken(await this.#client.request('bots.stop', { botId, position: 'flatten' }));
  }

  async clone(botId: string): Promise<Result<BotView>> {
    return this.#taken(await this.#client.request('bots.clone', { botId }));
  }

  /** Out of sight; it can be taken back. */
  archive(botId: string): Promise<Result<BotView>> {
    return this.#notices.sayOf(this.#client.request('bots.archive', { botId }), (reply) => {
      if (!reply.ok) return null;
      this.#bots.forget(botId);
      const { name } = reply.value.config;
      return {
        text: () => translator('bots')('archived.said', { bot: name }),
        undo: () => this.unarchive(botId),
      };
    });
  }

  /** Those that are out of sight, the last archived first. */
  async archived(): Promise<Result<readonly BotView[]>> {
    const reply = await this.#client.request('bots.list', { archived: true });
    if (!reply.ok) return reply;
    const timeOf = ({ config }: BotView) => config.archivedTime ?? 0;
    return succeed(reply.value.bots.toSorted((a, b) => timeOf(b) - timeOf(a)));
  }

  async unarchive(botId: string): Promise<Result<BotView>> {
    return this.#taken(await this.#client.request('bots.unarchive', { botId }));
  }

  async remove(botId: string): Promise<Result<{ botId: string }>> {
    const reply = await this.#client.request('bots.remove', { botId });
    if (reply.ok) this.#bots.forget(botId);
    return reply;
  }

  #taken(reply: Result<BotView>): Result<BotView> {
    if (reply.ok) this.#bots.take(reply.value);
    return reply;
  }
}
