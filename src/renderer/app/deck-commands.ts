import type { Result } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { ReplaySync } from '../stores/replay-sync.ts';

type Drive = 'replay.play' | 'replay.pause' | 'replay.step' | 'replay.seek' | 'replay.setSpeed';

/** What the user does to replay decks. The answer is in the stores before it is returned. */
export class DeckCommands {
  readonly #client: HubClient;
  readonly #replay: ReplaySync;

  constructor(client: HubClient, replay: ReplaySync) {
    this.#client = client;
    this.#replay = replay;
  }

  async open(draft: RequestInput<'replay.open'>): Promise<Result<DeckView>> {
    return this.#taken(await this.#client.request('replay.open', draft));
  }

  async drive<M extends Drive>(method: M, params: RequestInput<M>): Promise<Result<DeckView>> {
    const ask = this.#client.request.bind(this.#client) as (
      name: M,
      given: RequestInput<M>,
    ) => Promise<Result<DeckView>>;
    return this.#taken(await ask(method, params));
  }

  close(deckId: string): Promise<Result<unknown>> {
    return this.#client.request('replay.close', { deckId });
  }

  #taken(reply: Result<DeckView>): Result<DeckView> {
    if (reply.ok) this.#replay.take(reply.value);
    return reply;
  }
}
