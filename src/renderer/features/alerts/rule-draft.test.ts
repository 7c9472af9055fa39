import { describe, expect, it } from 'vitest';
import { alertRuleDraftSchema } from '#contract/alert-model.ts';
import type { AlertCondition } from '#domain/alert-rule.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { checkRuleDraft, draftOfRule, newRuleDraft, ruleOfDraft } from './rule-draft.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const CONDITIONS: readonly AlertCondition[] = [
  { kind: 'priceCross', instrumentId: BTC, level: 60_000.5 as Price, direction: 'either' },
  { kind: 'priceMove', instrumentId: BTC, percent: 2.5, direction: 'down', windowMs: 90_000 },
  { kind: 'volumeSpike', instrumentId: BTC, ratio: 4, windowMs: 5_000, baselineWindows: 20 },
  { kind: 'spread', instrumentId: BTC, aboveBps: 7 },
  { kind: 'positionPnl', botId: 'b1', level: '-12.50' as DecimalString, side: 'below' },
  { kind: 'drawdown', botId: null, percent: 10 },
  { kind: 'botState', botId: null, states: ['error', 'silent'] },
  { kind: 'feedStale', exchange: 'demo' },
  { kind: 'hubHealth', measure: 'connections', above: 100 },
];
const NEW = { ...newRuleDraft(BTC, '60000'), name: 'Level' };

describe('a rule as it is typed', () => {
  it.each(CONDITIONS)('is the rule again that it was made of: $kind', (condition) => {
    const draft = draftOfRule({
      ...{ id: 'r1', name: 'Rule', condition, severity: 'critical', sound: false },
      ...{ forMs: 1_500, cooldownMs: 60_000, isEnabled: true, isBuiltIn: false },
      ...{ createdTime: 0 as EpochMs, updatedTime: 0 as EpochMs },
    });
    expect(checkRuleDraft(draft)).toEqual({});
    const rule = ruleOfDraft(draft);
    expect(rule).toEqual({
      ...{ name: 'Rule', condition, severity: 'critical' },
      ...{ forMs: 1_500, cooldownMs: 60_000, sound: false },
    });
    expect(alertRuleDraftSchema.safeParse(rule).success).toBe(true);
  });

  it('begins with the selected instrument at its price', () => {
    expect(checkRuleDraft(NEW)).toEqual({});
    expect(ruleOfDraft(NEW).condition).toEqual({
      ...{ kind: 'priceCross', instrumentId: BTC, level: 60_000, direction: 'up' },
    });
  });

  it.each([
    [{ name: ' ' }, { name: 'needed' }],
    [{ instrumentId: '' as const }, { instrumentId: 'needed' }],
    [{ threshold: '' }, { threshold: 'needed' }],
    [{ threshold: 'much' }, { threshold: 'notNumber' }],
    [{ kind: 'spread' as const, threshold: '0' }, { threshold: 'notPositive' }],
    [{ kind: 'priceMove' as const, windowSeconds: '0' }, { window: 'outOfRange' }],
    [{ kind: 'volumeSpike' as const, windowSeconds: '3601' }, { window: 'outOfRange' }],
    [{ forSeconds: 'x' }, { for: 'notNumber' }],
    [{ cooldownSeconds: '0' }, { cooldown: 'outOfRange' }],
    [{ kind: 'botState' as const, states: [] }, { states: 'needed' }],
    [{ kind: 'feedStale' as const, threshold: '', instrumentId: '' as const }, {}],
  ])('says what is wrong: %j', (changes, errors) => {
    expect(checkRuleDraft({ ...NEW, ...changes })).toEqual(errors);
  });
});
