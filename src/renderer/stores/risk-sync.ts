import type { Result } from '#contract/errors.ts';
import type { RiskView } from '#contract/risk-requests.ts';
import type { RiskLimits } from '#domain/risk-limits.ts';
import type { HubClient } from '../client/hub-client.ts';
import { systemClock } from '../client/system-clock.ts';
import type { BotStore } from './bot-store.ts';
import type { RiskStore } from './risk-store.ts';

/** It may be engaged elsewhere: by another window, by the command line, over REST. */
const ASK_AGAIN_MS = 5_000;

/** Keeps the risk store true, and engages and releases the kill switch. */
export class RiskSync {
  readonly #client: HubClient;
  readonly #store: RiskStore;

  constructor(client: HubClient, store: RiskStore, bots: BotStore) {
    this.#client = client;
    this.#store = store;
    client.onConnection(({ kind }) => {
      if (kind === 'connected') void this.#ask();
    });
    systemClock.setInterval(() => {
      if (!document.hidden) void this.#ask();
    }, ASK_AGAIN_MS);
    bots.subscribe((state, before) => {
      if (state.botIds !== before.botIds) void this.#ask();
    });
  }

  kill(flatten: boolean): Promise<Result<RiskView>> {
    return this.#take(this.#client.request('risk.kill', { flatten }));
  }

  release(): Promise<Result<RiskView>> {
    return this.#take(this.#client.request('risk.release'));
  }

  /** What all bots of a currency may do together: those named change; null: whatever they are allowed each. */
  setLimits(currency: string, limits: Partial<RiskLimits> | null): Promise<Result<RiskView>> {
    return this.#take(this.#client.request('risk.setLimits', { currency, limits }));
  }

  #ask(): Promise<Result<RiskView>> {
    return this.#take(this.#client.request('risk.get'));
  }

  async #take(asked: Promise<Result<RiskView>>): Promise<Result<RiskView>> {
    const reply = await asked;
    if (reply.ok) this.#store.setState({ risk: reply.value });
    return reply;
  }
}
