import type { AlertCondition, AlertRule, HubMeasure } from '#domain/alert-rule.ts';
import type { Severity } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';

const MINUTE_MS = 60_000;
const COOLDOWN_MS = 10 * MINUTE_MS;

interface DefaultRule {
  readonly id: string;
  readonly name: string;
  readonly condition: AlertCondition;
  readonly forMs: number;
  readonly severity: Severity;
}

const hubIs = (measure: HubMeasure, above: number): AlertCondition => ({
  ...{ kind: 'hubHealth', measure, above },
});

const DEFAULTS: readonly DefaultRule[] = [
  {
    ...{ id: 'hub-latency', name: 'Hub is slow', condition: hubIs('latencyP99Ms', 1_000) },
    ...{ forMs: 3 * MINUTE_MS, severity: 'critical' },
  },
  {
    ...{ id: 'hub-disconnects', name: 'Hub loses clients' },
    condition: hubIs('disconnectsPerSecond', 10),
    ...{ forMs: 5 * MINUTE_MS, severity: 'warning' },
  },
  {
    ...{ id: 'hub-connections', name: 'Hub is crowded', condition: hubIs('connections', 10_000) },
    ...{ forMs: MINUTE_MS, severity: 'warning' },
  },
  {
    ...{ id: 'feed-down', name: 'Market data is missing' },
    condition: { kind: 'feedStale', exchange: null },
    // Longer than a new connection takes, and than a quiet instrument is quiet.
    ...{ forMs: 2 * MINUTE_MS, severity: 'warning' },
  },
  {
    ...{ id: 'bot-silent', name: 'A bot is silent' },
    condition: { kind: 'botState', botId: null, states: ['silent'] },
    ...{ forMs: MINUTE_MS, severity: 'warning' },
  },
];

/** The rules that Tapedeck comes with: what nobody should have to think of. */
export const defaultRules = (now: EpochMs): readonly AlertRule[] =>
  DEFAULTS.map((rule) => ({
    ...rule,
    cooldownMs: COOLDOWN_MS,
    isEnabled: true,
    sound: rule.severity === 'critical',
    isBuiltIn: true,
    ...{ createdTime: now, updatedTime: now },
  }));
