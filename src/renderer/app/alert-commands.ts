import type { Result } from '#contract/errors.ts';
import type { RequestInput, RequestResult } from '#contract/requests.ts';
import type { HubClient } from '../client/hub-client.ts';

type Rule = RequestResult<'alerts.createRule'>;
type Policy = RequestResult<'alerts.setPolicy'>;

/** What the user does about alerts. What comes of it, the hub tells every window. */
export class AlertCommands {
  readonly #client: HubClient;

  constructor(client: HubClient) {
    this.#client = client;
  }

  createRule(draft: RequestInput<'alerts.createRule'>): Promise<Result<Rule>> {
    return this.#client.request('alerts.createRule', draft);
  }

  updateRule(
    ruleId: string,
    changes: RequestInput<'alerts.updateRule'>['changes'],
  ): Promise<Result<Rule>> {
    return this.#client.request('alerts.updateRule', { ruleId, changes });
  }

  removeRule(ruleId: string): Promise<Result<unknown>> {
    return this.#client.request('alerts.removeRule', { ruleId });
  }

  testFire(ruleId: string): Promise<Result<unknown>> {
    return this.#client.request('alerts.testFire', { ruleId });
  }

  /** Without ids: all that fire. */
  acknowledge(ids?: readonly string[]): Promise<Result<unknown>> {
    return this.#client.request('alerts.acknowledge', ids === undefined ? {} : { ids: [...ids] });
  }

  silence(request: RequestInput<'alerts.silence'>): Promise<Result<unknown>> {
    return this.#client.request('alerts.silence', request);
  }

  unsilence(silenceId: string): Promise<Result<unknown>> {
    return this.#client.request('alerts.unsilence', { silenceId });
  }

  /** Changes what is given, and answers with all. */
  setPolicy(changes: RequestInput<'alerts.setPolicy'>): Promise<Result<Policy>> {
    return this.#client.request('alerts.setPolicy', changes);
  }

  /** A page of the past, newest first. */
  history(before: string | null): Promise<Result<RequestResult<'alerts.list'>>> {
    return this.#client.request('alerts.list', {
      limit: HISTORY_PAGE,
      ...(before !== null && { before }),
    });
  }
}

const HISTORY_PAGE = 100;
