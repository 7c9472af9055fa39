import type { Result } from '#contract/errors.ts';
import type { Alert, AlertDelivery, AlertPolicy, AlertSilence } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { EpochMs } from '#domain/units.ts';

export interface AlertListRequest {
  readonly limit: number;
  readonly before?: string | undefined;
  readonly activeOnly?: boolean | undefined;
  readonly ruleId?: string | undefined;
}

export interface AlertPage {
  readonly items: readonly Alert[];
  readonly nextBefore: string | null;
}

/** Where rules, alerts and silences are kept. A write that cannot be made throws. */
export interface AlertStore {
  rules(): readonly AlertRule[];
  insertRule(rule: AlertRule): void;
  updateRule(rule: AlertRule): void;
  removeRule(id: string): void;
  /** What a rule's watching must know after a restart. */
  memory(ruleId: string): unknown;
  remember(memories: ReadonlyMap<string, unknown>): void;
  /** Together with its place in the channel (rule B5). */
  save(alert: Alert): void;
  /** All that fire, oldest first, and when the user was last told of each. */
  firing(): readonly { readonly alert: Alert; readonly toldTime: EpochMs | null }[];
  list(request: AlertListRequest): Result<AlertPage>;
  markTold(alertIds: readonly string[], time: EpochMs): void;
  /** Those that end after `time`. */
  silences(time: EpochMs): readonly AlertSilence[];
  insertSilence(silence: AlertSilence): void;
  removeSilence(id: string): boolean;
  /** Null where the user has not decided. */
  policy(): AlertPolicy | null;
  savePolicy(policy: AlertPolicy): void;
  appendDelivery(delivery: AlertDelivery): void;
  /** Newest first. */
  deliveries(): readonly AlertDelivery[];
}
