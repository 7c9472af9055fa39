import type { Result } from '#contract/errors.ts';
import type { RequestInput, RequestResult } from '#contract/requests.ts';
import type { AlertSilence } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { HubClient } from '../client/hub-client.ts';
import { translator } from '../i18n/i18n.ts';
import type { Stores } from '../stores/stores.ts';

type Rule = RequestResult<'alerts.createRule'>;
type Crossing = Extract<
  RequestInput<'alerts.createRule'>['condition'],
  { readonly kind: 'priceCross' }
>;
type Policy = RequestResult<'alerts.setPolicy'>;

/** Of a rule that watches a price. */
interface LevelDraft {
  readonly name: string;
  readonly condition: Crossing;
}
type LevelChange = Pick<LevelDraft, 'condition'> & { readonly name?: string };

/** What the user does about alerts. What comes of it, the hub tells every window. */
export class AlertCommands {
  readonly #client: HubClient;
  readonly #stores: Pick<Stores, 'alerts' | 'notices'>;

  constructor(client: HubClient, stores: Pick<Stores, 'alerts' | 'notices'>) {
    this.#client = client;
    this.#stores = stores;
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

  /** From a chart, where it can be taken back. */
  placeLevel(draft: LevelDraft): Promise<Result<Rule>> {
    const { level: price } = draft.condition;
    return this.#stores.notices.sayOf(this.createRule(draft), (reply) =>
      reply.ok
        ? {
            text: () => translator('alerts')('rule.placed', { price }),
            undo: () => this.#client.request('alerts.removeRule', { ruleId: reply.value.id }),
          }
        : null,
    );
  }

  /** On a chart, where it can be taken back: then it is as it was before. */
  moveLevel(ruleId: string, to: LevelChange, before: LevelChange): Promise<Result<Rule>> {
    const { level: price } = to.condition;
    return this.#stores.notices.sayOf(this.updateRule(ruleId, to), ({ ok }) =>
      ok
        ? {
            text: () => translator('alerts')('rule.moved', { price }),
            undo: () => this.updateRule(ruleId, before),
          }
        : null,
    );
  }

  /** It can be taken back: then there is a new rule that is the same. */
  removeRule(ruleId: string): Promise<Result<unknown>> {
    const { alerts, notices } = this.#stores;
    const rule = alerts.getState().rules?.find(({ id }) => id === ruleId);
    return notices.sayOf(this.#client.request('alerts.removeRule', { ruleId }), ({ ok }) =>
      ok && rule
        ? {
            text: () => translator('alerts')('rule.removed', { rule: rule.name }),
            undo: () => this.createRule(draftOf(rule)),
          }
        : null,
    );
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

  /** It can be taken back: then it is silenced anew until the same end. */
  unsilence({ id: silenceId, matchers, comment, endTime }: AlertSilence): Promise<Result<unknown>> {
    const ended = this.#client.request('alerts.unsilence', { silenceId });
    const silenceAgain = () => {
      const durationMs = Math.max(LEAST_SILENCE_MS, Math.round(endTime - this.#client.now()));
      return this.silence({ matchers, comment, durationMs });
    };
    return this.#stores.notices.sayOf(ended, ({ ok }) =>
      ok ? { text: () => translator('alerts')('silence.ended'), undo: silenceAgain } : null,
    );
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
const LEAST_SILENCE_MS = 1_000;

function draftOf(rule: AlertRule): RequestInput<'alerts.createRule'> {
  const { name, severity, forMs, cooldownMs, isEnabled, sound } = rule;
  // Only a rule that comes with Tapedeck is read-only, and such a one cannot be removed.
  const condition = rule.condition as RequestInput<'alerts.createRule'>['condition'];
  return { name, condition, severity, forMs, cooldownMs, isEnabled, sound };
}
