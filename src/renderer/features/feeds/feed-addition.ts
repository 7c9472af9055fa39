import type { Result } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { HubClient } from '../../client/hub-client.ts';

type Hub = Pick<HubClient, 'request'>;

/** One feed that is being added: its exchange is asked first, which takes seconds at times. */
export class FeedAddition {
  readonly #hub: Hub;
  #isGivenUp = false;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Resolves to null where it was given up before the exchange had answered. */
  async add(spec: string): Promise<Result<FeedStatus> | null> {
    const added = await this.#hub.request('feeds.add', { spec });
    if (!this.#isGivenUp) return added;
    if (added.ok) await this.#hub.request('feeds.remove', { feedId: added.value.id });
    return null;
  }

  /** The hub goes on asking; what comes of it is taken back. */
  giveUp(): void {
    this.#isGivenUp = true;
  }
}
