import { describe, expect, it } from 'vitest';
import { alertPolicySchema } from '#contract/alert-model.ts';
import { type AlertPolicy, DEFAULT_ALERT_POLICY } from '#domain/alert.ts';
import { checkPolicyDraft, draftOfPolicy, policyOfDraft } from './policy-draft.ts';

const NEVER: AlertPolicy = {
  ...DEFAULT_ALERT_POLICY,
  ...{ groupBy: [], escalateAfterMs: null, tellResolved: false, inhibitions: [] },
  repeatIntervalMs: 1_000,
};

describe('how alerts are told, as it is typed', () => {
  it.each([
    ['the default', DEFAULT_ALERT_POLICY],
    ['one without escalation', NEVER],
  ])('is the policy again that it was made of: %s', (_, policy) => {
    const draft = draftOfPolicy(policy);
    expect(checkPolicyDraft(draft)).toEqual({});
    expect(policyOfDraft(draft)).toEqual(policy);
  });

  it('is refused where the hub would refuse it, and only there', () => {
    const draft = draftOfPolicy(DEFAULT_ALERT_POLICY);
    const isTaken = (changes: Partial<typeof draft>) =>
      alertPolicySchema.safeParse(policyOfDraft({ ...draft, ...changes })).success;
    const tried = [
      ...['0', '3600', '3601', '-1'].map((waitSeconds) => ({ waitSeconds })),
      ...['1', '0.5', '86400', '86401'].map((intervalSeconds) => ({ intervalSeconds })),
      ...['0.02', '0.01', '10080', '10081'].map((repeatMinutes) => ({ repeatMinutes })),
      ...['0.02', '0', '1440', '1441'].map((escalateMinutes) => ({ escalateMinutes })),
    ];
    for (const changes of tried) {
      const isSound = Object.keys(checkPolicyDraft({ ...draft, ...changes })).length === 0;
      expect([changes, isSound]).toEqual([changes, isTaken(changes)]);
    }
  });

  it('says what is missing, and nothing of an escalation that is off', () => {
    const draft = { ...draftOfPolicy(DEFAULT_ALERT_POLICY), waitSeconds: ' ', repeatMinutes: 'x' };
    expect(checkPolicyDraft(draft)).toEqual({ waitSeconds: 'needed', repeatMinutes: 'notNumber' });
    const off = { ...draftOfPolicy(NEVER), escalateMinutes: '' };
    expect(checkPolicyDraft(off)).toEqual({});
  });
});
