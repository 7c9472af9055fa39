import type { AlertCondition } from './alert-rule.ts';
import type { Severity } from './notification.ts';
import type { EpochMs } from './units.ts';

/** What an alert is about, by which alerts are grouped, silenced and inhibited. */
export const ALERT_LABELS = [
  'rule',
  'kind',
  'severity',
  'instrument',
  'exchange',
  'bot',
  'feed',
  'direction',
] as const;
export type AlertLabel = (typeof ALERT_LABELS)[number];
export type AlertLabels = { readonly [Label in AlertLabel]?: string };

/** One firing of a rule about one thing, from then until its condition no longer holds. */
export interface Alert {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly labels: AlertLabels;
  /** As it was when it fired: the rule may have changed since. */
  readonly condition: AlertCondition;
  /** What was measured when it fired, in the condition's unit; null where there is no number. */
  readonly value: number | null;
  readonly state: 'firing' | 'resolved';
  /** Since when the condition held. */
  readonly pendingTime: EpochMs;
  readonly firedTime: EpochMs;
  /** The market's time when it fired; null where it is about no market. */
  readonly marketTime: EpochMs | null;
  readonly resolvedTime: EpochMs | null;
  /** The user has seen it: it is neither repeated nor escalated. */
  readonly acknowledgedTime: EpochMs | null;
  /** It was critical, nobody acknowledged it, and the user was told once more. */
  readonly escalatedTime: EpochMs | null;
  /** Fired by hand, to see what it would be like. */
  readonly isTest: boolean;
}

/** What a silence or an inhibition picks: all of these labels with these values. */
export type AlertMatchers = AlertLabels;

/** Keeps alerts from being told until it ends. They still stand in the list. */
export interface AlertSilence {
  readonly id: string;
  readonly matchers: AlertMatchers;
  readonly comment: string;
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
}

/** While an alert of the source fires, those of the target that equal it in `equal` are not told. */
export interface AlertInhibition {
  readonly source: AlertMatchers;
  readonly target: AlertMatchers;
  readonly equal: readonly AlertLabel[];
}

/** How alerts are told. */
export interface AlertPolicy {
  /** Alerts that are equal in these labels are told together. */
  readonly groupBy: readonly AlertLabel[];
  /** How long a new group gathers before it is first told. */
  readonly groupWaitMs: number;
  /** From then on it is told, where there is news, at ticks of this. */
  readonly groupIntervalMs: number;
  /** Without news it is told again after so long, at the next tick. */
  readonly repeatIntervalMs: number;
  /** A critical alert that is not acknowledged within this is told once more. Null: never. */
  readonly escalateAfterMs: number | null;
  /** Whether it is told that an alert is over. */
  readonly tellResolved: boolean;
  readonly inhibitions: readonly AlertInhibition[];
}

export const DEFAULT_ALERT_POLICY: AlertPolicy = {
  groupBy: ['rule'],
  groupWaitMs: 200,
  groupIntervalMs: 60_000,
  repeatIntervalMs: 4 * 3_600_000,
  escalateAfterMs: 5 * 60_000,
  tellResolved: true,
  inhibitions: [
    // Whoever knows that the feed is gone need not be told what follows of it.
    { source: { kind: 'feedStale' }, target: { kind: 'botState' }, equal: ['exchange'] },
    { source: { kind: 'feedStale' }, target: { kind: 'spread' }, equal: ['exchange'] },
  ],
};

export const ALERT_DELIVERY_REASONS = [
  'firing',
  'resolved',
  'repeat',
  'escalation',
  'test',
] as const;
export type AlertDeliveryReason = (typeof ALERT_DELIVERY_REASONS)[number];

/** One attempt to tell the user by one route. */
export interface AlertDelivery {
  readonly id: string;
  readonly time: EpochMs;
  readonly routeId: string;
  readonly reason: AlertDeliveryReason;
  readonly title: string;
  readonly alertIds: readonly string[];
  /** Why it did not go out; null where it did. */
  readonly error: string | null;
}
