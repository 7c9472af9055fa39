import { succeed } from '#contract/errors.ts';
import type { Alert, AlertDelivery, AlertPolicy, AlertSilence } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { EpochMs } from '#domain/units.ts';
import type { AlertListRequest, AlertStore } from '#main/alerts/alert-store.ts';

/** A ledger of alerts that outlives engines, not processes. */
export class MemoryAlertStore implements AlertStore {
  readonly #rules = new Map<string, AlertRule>();
  readonly #memories = new Map<string, unknown>();
  readonly #alerts = new Map<string, Alert>();
  readonly #toldTimes = new Map<string, EpochMs>();
  #silences: AlertSilence[] = [];
  #policy: AlertPolicy | null = null;
  readonly #deliveries: AlertDelivery[] = [];
  /** What every write throws, while it is set. */
  failure: Error | null = null;

  rules = () => [...this.#rules.values()];
  insertRule = (rule: AlertRule) => void this.#rules.set(rule.id, rule);
  updateRule = (rule: AlertRule) => void this.#rules.set(rule.id, rule);
  removeRule = (id: string) => void this.#rules.delete(id);
  memory = (ruleId: string) => this.#memories.get(ruleId);
  remember(memories: ReadonlyMap<string, unknown>): void {
    for (const [id, memory] of memories) this.#memories.set(id, memory);
  }
  save(alert: Alert): void {
    if (this.failure) throw this.failure;
    this.#alerts.set(alert.id, alert);
  }
  firing = () =>
    [...this.#alerts.values()]
      .filter(({ state }) => state === 'firing')
      .map((alert) => ({ alert, toldTime: this.#toldTimes.get(alert.id) ?? null }));
  list = ({ limit, ruleId, activeOnly }: AlertListRequest) => {
    const items = [...this.#alerts.values()]
      .filter((alert) => ruleId === undefined || alert.ruleId === ruleId)
      .filter(({ state }) => !activeOnly || state === 'firing')
      .toReversed()
      .slice(0, limit);
    return succeed({ items, nextBefore: null });
  };
  markTold(ids: readonly string[], time: EpochMs): void {
    for (const id of ids) this.#toldTimes.set(id, time);
  }
  silences = (time: EpochMs) => this.#silences.filter(({ endTime }) => endTime > time);
  insertSilence = (silence: AlertSilence) => void this.#silences.push(silence);
  removeSilence(id: string): boolean {
    const before = this.#silences.length;
    this.#silences = this.#silences.filter((silence) => silence.id !== id);
    return this.#silences.length < before;
  }
  policy = () => this.#policy;
  savePolicy(policy: AlertPolicy): void {
    this.#policy = policy;
  }
  appendDelivery = (delivery: AlertDelivery) => void this.#deliveries.unshift(delivery);
  deliveries = () => this.#deliveries;
}
