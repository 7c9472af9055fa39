import type { Result } from '#contract/errors.ts';
import type { RequestResult } from '#contract/requests.ts';
import { editWatchlist, type WatchlistEdit } from '#domain/watchlist.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { type InstrumentStore, withGroups } from '../../stores/instrument-store.ts';

/**
 * Changes the watchlist: on screen at once, on the hub behind it. What the hub refuses is taken back,
 * by asking how the list really is.
 */
export class WatchlistEditor {
  readonly #client: Pick<HubClient, 'request'>;
  readonly #store: InstrumentStore;

  constructor(client: Pick<HubClient, 'request'>, store: InstrumentStore) {
    this.#client = client;
    this.#store = store;
  }

  async edit(edit: WatchlistEdit): Promise<Result<RequestResult<'watchlist.set'>>> {
    const edited = editWatchlist(this.#store.getState().groups, edit);
    if (edited !== null) this.#store.setState((state) => withGroups(state, edited));
    const reply = await this.#client.request('watchlist.set', { edits: [edit] });
    if (!reply.ok) await this.#reload();
    return reply;
  }

  async #reload(): Promise<void> {
    const reply = await this.#client.request('watchlist.get');
    if (!reply.ok) return;
    const { instruments, groups } = reply.value;
    this.#store.setState({ watchlist: instruments, groups });
  }
}
