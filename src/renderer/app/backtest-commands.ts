import type { BacktestView } from '#contract/backtest-requests.ts';
import type { Result } from '#contract/errors.ts';
import type { RequestInput, RequestResult } from '#contract/requests.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { BacktestSync } from '../stores/backtest-sync.ts';

/** What the user does about backtests. The answer is in the stores before it is returned. */
export class BacktestCommands {
  readonly #client: HubClient;
  readonly #backtests: BacktestSync;

  constructor(client: HubClient, backtests: BacktestSync) {
    this.#client = client;
    this.#backtests = backtests;
  }

  async start(draft: RequestInput<'backtests.start'>): Promise<Result<BacktestView>> {
    return this.#taken(await this.#client.request('backtests.start', draft));
  }

  async cancel(backtestId: string): Promise<Result<BacktestView>> {
    return this.#taken(await this.#client.request('backtests.cancel', { backtestId }));
  }

  async remove(backtestId: string): Promise<Result<unknown>> {
    const reply = await this.#client.request('backtests.remove', { backtestId });
    if (reply.ok) this.#backtests.forget(backtestId);
    return reply;
  }

  /** With what came of it. */
  get(backtestId: string): Promise<Result<RequestResult<'backtests.get'>>> {
    return this.#client.request('backtests.get', { backtestId });
  }

  /** The report as a page that opens from the disk. */
  page(backtestId: string): Promise<Result<RequestResult<'backtests.page'>>> {
    return this.#client.request('backtests.page', { backtestId });
  }

  loadMore(): Promise<void> {
    return this.#backtests.loadMore();
  }

  #taken(reply: Result<BacktestView>): Result<BacktestView> {
    if (reply.ok) this.#backtests.take(reply.value);
    return reply;
  }
}
