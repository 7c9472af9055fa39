import type { AlertInhibition, AlertLabel, AlertPolicy } from '#domain/alert.ts';
import { type RangeProblem, rangeProblem } from './range-problem.ts';

const MS_A_SECOND = 1_000;
const MS_A_MINUTE = 60_000;
const SECONDS_AN_HOUR = 3_600;
const MINUTES_A_DAY = 1_440;
/** A second, which is the least that the hub takes. */
const LEAST_MINUTES = 1 / 60;

/** How alerts are told, as it is being typed: numbers are text until they are one. */
export interface PolicyDraft {
  readonly groupBy: readonly AlertLabel[];
  readonly waitSeconds: string;
  readonly intervalSeconds: string;
  readonly repeatMinutes: string;
  readonly escalates: boolean;
  readonly escalateMinutes: string;
  readonly tellResolved: boolean;
  readonly inhibitions: readonly AlertInhibition[];
}

export type PolicyField = 'waitSeconds' | 'intervalSeconds' | 'repeatMinutes' | 'escalateMinutes';
export type PolicyErrors = Readonly<Partial<Record<PolicyField, RangeProblem>>>;

const DEFAULT_ESCALATION = '5';

export const draftOfPolicy = (policy: AlertPolicy): PolicyDraft => ({
  groupBy: policy.groupBy,
  waitSeconds: String(policy.groupWaitMs / MS_A_SECOND),
  intervalSeconds: String(policy.groupIntervalMs / MS_A_SECOND),
  repeatMinutes: String(policy.repeatIntervalMs / MS_A_MINUTE),
  escalates: policy.escalateAfterMs !== null,
  escalateMinutes:
    policy.escalateAfterMs === null
      ? DEFAULT_ESCALATION
      : String(policy.escalateAfterMs / MS_A_MINUTE),
  tellResolved: policy.tellResolved,
  inhibitions: policy.inhibitions,
});

/** What the hub is asked for; of a draft without errors. */
export const policyOfDraft = (draft: PolicyDraft): AlertPolicy => ({
  groupBy: draft.groupBy,
  groupWaitMs: inMs(draft.waitSeconds, MS_A_SECOND),
  groupIntervalMs: inMs(draft.intervalSeconds, MS_A_SECOND),
  repeatIntervalMs: inMs(draft.repeatMinutes, MS_A_MINUTE),
  escalateAfterMs: draft.escalates ? inMs(draft.escalateMinutes, MS_A_MINUTE) : null,
  tellResolved: draft.tellResolved,
  inhibitions: draft.inhibitions,
});

const inMs = (text: string, unitMs: number): number => Math.round(Number(text) * unitMs);

export function checkPolicyDraft(draft: PolicyDraft): PolicyErrors {
  const problems: Record<PolicyField, RangeProblem | null> = {
    waitSeconds: rangeProblem(draft.waitSeconds, 0, SECONDS_AN_HOUR),
    intervalSeconds: rangeProblem(draft.intervalSeconds, 1, 24 * SECONDS_AN_HOUR),
    repeatMinutes: rangeProblem(draft.repeatMinutes, LEAST_MINUTES, 7 * MINUTES_A_DAY),
    escalateMinutes: draft.escalates
      ? rangeProblem(draft.escalateMinutes, LEAST_MINUTES, MINUTES_A_DAY)
      : null,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== null));
}
