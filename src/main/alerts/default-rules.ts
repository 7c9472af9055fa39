import type { AlertRule, HubMeasure } from '#domain/alert-rule.ts';
import type { Severity } from '#domain/notification.ts';
import type { EpochMs } from '#domain/units.ts';

const MINUTE_MS = 60_000;
const COOLDOWN_MS = 10 * MINUTE_MS;

interface HubRule {
  readonly id: string;
  readonly name: string;
  readonly measure: HubMeasure;
  readonly above: number;
  readonly forMs: number;
  readonly severity: Severity;
}

const HUB_RULES: readonly HubRule[] = [
  {
    ...{ id: 'hub-latency', name: 'Hub is slow', measure: 'latencyP99Ms', above: 1_000 },
    ...{ forMs: 3 * MINUTE_MS, severity: 'critical' },
  },
  {
    ...{ id: 'hub-disconnects', name: 'Hub loses clients', measure: 'disconnectsPerSecond' },
    ...{ above: 10, forMs: 5 * MINUTE_MS, severity: 'warning' },
  },
  {
    ...{ id: 'hub-connections', name: 'Hub is crowded', measure: 'connections', above: 10_000 },
    ...{ forMs: MINUTE_MS, severity: 'warning' },
  },
];

/** The rules that Tapedeck comes with: the hub's own health. */
export const defaultRules = (now: EpochMs): readonly AlertRule[] =>
  HUB_RULES.map(({ id, name, measure, above, forMs, severity }) => ({
    ...{ id, name, forMs, severity },
    condition: { kind: 'hubHealth', measure, above },
    cooldownMs: COOLDOWN_MS,
    isEnabled: true,
    sound: severity === 'critical',
    isBuiltIn: true,
    ...{ createdTime: now, updatedTime: now },
  }));
