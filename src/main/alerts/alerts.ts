import { MAX_ALERT_RULES, MAX_ALERT_SILENCES } from '#contract/alert-requests.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { Alert, AlertDelivery, AlertPolicy, AlertSilence } from '#domain/alert.ts';
import { type AlertRule, watchedInstrument } from '#domain/alert-rule.ts';
import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { AlertEngine } from './alert-engine.ts';
import type { AlertListRequest, AlertPage, AlertStore } from './alert-store.ts';
import { defaultRules } from './default-rules.ts';
import { labelsOfInstrument } from './watch.ts';

export interface AlertsOptions {
  readonly clock: Clock;
  readonly store: AlertStore;
  readonly engine: AlertEngine;
  readonly createId: () => string;
  readonly publish: (item: Publishable) => void;
}

/** A change of one of these is a change of what it watches for, or of when it fires. */
const OF_ITS_WATCHING = ['condition', 'forMs', 'severity', 'isEnabled'] as const;

/** The user's rules, alerts and silences. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #engine: AlertEngine;
  readonly #rules: Map<string, AlertRule>;

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#engine = options.engine;
    this.#rules = new Map(options.store.rules().map((rule) => [rule.id, rule]));
    for (const rule of defaultRules(options.clock.now())) {
      if (!this.#rules.has(rule.id)) this.#insert(rule);
    }
    this.#tellRules();
  }

  rules(): readonly AlertRule[] {
    return [...this.#rules.values()];
  }

  createRule(draft: RequestParams<'alerts.createRule'>): Result<AlertRule> {
    if (this.#rules.size >= MAX_ALERT_RULES) {
      return fail('conflict', `There are ${MAX_ALERT_RULES} rules already: remove one first.`);
    }
    const now = this.#now();
    const id = this.#options.createId();
    const rule = { ...draft, id, isBuiltIn: false, createdTime: now, updatedTime: now };
    this.#insert(rule);
    this.#tellRules();
    return succeed(rule);
  }

  updateRule({ ruleId, changes }: RequestParams<'alerts.updateRule'>): Result<AlertRule> {
    const known = this.#rules.get(ruleId);
    if (!known) return noRule(ruleId);
    const rule = withChanges(known, changes, this.#now());
    this.#options.store.updateRule(rule);
    this.#rules.set(ruleId, rule);
    const isSame = OF_ITS_WATCHING.every(
      (field) => JSON.stringify(known[field]) === JSON.stringify(rule[field]),
    );
    if (isSame) this.#engine.rename(rule);
    else this.#engine.begin(rule);
    this.#tellRules();
    return succeed(rule);
  }

  removeRule(ruleId: string): Result<{ ruleId: string }> {
    const rule = this.#rules.get(ruleId);
    if (!rule) return noRule(ruleId);
    if (rule.isBuiltIn) {
      return fail('invalid_state', 'A rule that comes with Tapedeck can be disabled, not removed.');
    }
    this.#options.store.removeRule(ruleId);
    this.#rules.delete(ruleId);
    this.#engine.end(ruleId);
    this.#tellRules();
    return succeed({ ruleId });
  }

  /** As if it had fired; it stands in the history as a test. */
  testFire(ruleId: string): Result<Alert> {
    const rule = this.#rules.get(ruleId);
    if (!rule) return noRule(ruleId);
    const alert = testAlertOf(rule, this.#options.createId(), this.#now());
    this.#engine.test(alert);
    return succeed(alert);
  }

  list(request: AlertListRequest): Result<AlertPage> {
    return this.#options.store.list(request);
  }

  acknowledge(ids: readonly string[] | undefined): readonly Alert[] {
    return this.#engine.acknowledge(ids ?? 'all');
  }

  silences(): readonly AlertSilence[] {
    return this.#options.store.silences(this.#now());
  }

  silence(request: RequestParams<'alerts.silence'>): Result<AlertSilence> {
    if (this.silences().length >= MAX_ALERT_SILENCES) {
      return fail('conflict', `There are ${MAX_ALERT_SILENCES} silences already: end one first.`);
    }
    const { matchers, durationMs, comment } = request;
    const startTime = this.#now();
    const endTime = (startTime + durationMs) as EpochMs;
    const silence = { id: this.#options.createId(), matchers, comment, startTime, endTime };
    this.#options.store.insertSilence(silence);
    this.#onSilences();
    return succeed(silence);
  }

  unsilence(silenceId: string): Result<{ silenceId: string }> {
    if (!this.#options.store.removeSilence(silenceId)) {
      return fail('not_found', `There is no silence ${silenceId}`);
    }
    this.#onSilences();
    return succeed({ silenceId });
  }

  policy(): AlertPolicy {
    return this.#engine.policy;
  }

  setPolicy(changes: RequestParams<'alerts.setPolicy'>): AlertPolicy {
    const policy = given({ ...this.#engine.policy }, changes);
    this.#options.store.savePolicy(policy);
    this.#engine.setPolicy(policy);
    return policy;
  }

  deliveries(): readonly AlertDelivery[] {
    return this.#options.store.deliveries();
  }

  /** Writes down what its watching must know after a restart. */
  remember(): void {
    this.#options.store.remember(this.#engine.memories());
  }

  #now(): EpochMs {
    return this.#options.clock.now();
  }

  #insert(rule: AlertRule): void {
    this.#options.store.insertRule(rule);
    this.#rules.set(rule.id, rule);
    this.#engine.begin(rule);
  }

  #onSilences(): void {
    this.#engine.setSilences(this.silences());
    this.#tellRules();
  }

  #tellRules(): void {
    const { publish } = this.#options;
    publish({ of: 'alertRules', rules: this.rules(), silences: this.silences() });
  }
}

const noRule = (ruleId: string) => fail('not_found', `There is no alert rule ${ruleId}`);

/** What is given in place of what was there. */
function given<T extends object>(
  known: T,
  changes: { readonly [K in keyof T]?: T[K] | undefined },
): T {
  const defined = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...known, ...Object.fromEntries(defined) };
}

const withChanges = (
  known: AlertRule,
  changes: RequestParams<'alerts.updateRule'>['changes'],
  updatedTime: EpochMs,
): AlertRule => ({ ...given(known, changes), updatedTime });

function testAlertOf(
  { id: ruleId, name, severity, condition }: AlertRule,
  id: string,
  time: EpochMs,
): Alert {
  const instrument = watchedInstrument(condition);
  return {
    ...{ id, ruleId, ruleName: name, severity, condition, value: null, state: 'resolved' },
    labels: {
      ...{ rule: ruleId, kind: condition.kind, severity },
      ...(instrument && labelsOfInstrument(instrument)),
    },
    ...{ pendingTime: time, firedTime: time, marketTime: null, resolvedTime: time },
    ...{ acknowledgedTime: null, escalatedTime: null, isTest: true },
  };
}
