import { type Alert, DEFAULT_ALERT_POLICY } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import { alertLedger } from '../alerts/alert-ledger.ts';
import { type AlertsSurroundings, composeAlertEngine } from '../alerts/compose-alerts.ts';
import type { StageMoment } from './stage-moment.ts';

export interface StageRules {
  /** With the source's own instruments. */
  readonly alertRules: readonly AlertRule[];
  /** Of the n-th alert of a stage. */
  readonly alertId: (number: number) => string;
}

/** Nobody is there to acknowledge, so that nothing is escalated. */
const STAGE_POLICY = { ...DEFAULT_ALERT_POLICY, escalateAfterMs: null };
const ALERTS_A_PAGE = 1_000;

/** The alert rules of a stage at work, and all that they have fired. */
export function composeStageAlerts(
  { alertRules, alertId }: StageRules,
  rooms: Omit<AlertsSurroundings, 'createId' | 'resumed'>,
  moment: StageMoment | null,
) {
  const { ledger, clock } = rooms;
  const kept = alertLedger(ledger, clock);
  if (!moment) {
    kept.savePolicy(STAGE_POLICY);
    for (const rule of alertRules) kept.insertRule(rule);
  }
  let count = moment?.alertCount ?? 0;
  const createId = () => {
    count += 1;
    return alertId(count);
  };
  const { engine } = composeAlertEngine({ ...rooms, createId, resumed: moment?.alerts ?? null });
  const all = (): readonly Alert[] => {
    const alerts: Alert[] = [];
    let before: string | undefined;
    do {
      const page = kept.list({ limit: ALERTS_A_PAGE, before });
      if (!page.ok) break;
      alerts.push(...page.value.items);
      before = page.value.nextBefore ?? undefined;
    } while (before !== undefined);
    return alerts.reverse();
  };
  return { engine, all, count: () => count };
}
