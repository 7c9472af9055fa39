import { describe, expect, it } from 'vitest';
import type { StrategyDescription } from '#contract/requests.ts';
import { requestSchemas } from '#contract/requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { checkDraft, checkedDraft, draftOf, newDraft } from './bot-draft.ts';

const bounds = { minimum: null, maximum: null };
const parameter = {
  label: '',
  description: '',
  unit: '',
  ...bounds,
  options: null,
  whileRunning: null,
};
const strategy: StrategyDescription = {
  id: 'grid',
  name: 'Grid',
  description: '',
  parameters: [
    { ...parameter, name: 'levels', kind: 'integer', default: 5, minimum: 1, maximum: 50 },
    { ...parameter, name: 'spacingBps', kind: 'number', default: 20, minimum: 0.1 },
    { ...parameter, name: 'quantity', kind: 'decimal', default: '0.01' },
    { ...parameter, name: 'side', kind: 'choice', default: 'both', options: ['both', 'long'] },
    { ...parameter, name: 'isPatient', kind: 'boolean', default: false },
  ],
};
const draft = { ...newDraft('demo:BTC/USDT' as InstrumentId, strategy), name: 'Grid one' };
const errorsWith = (change: Partial<typeof draft>) => checkDraft({ ...draft, ...change }, strategy);
const paramErrors = (change: Record<string, string>) =>
  errorsWith({ params: { ...draft.params, ...change } });

describe('checkDraft', () => {
  it('finds nothing wrong with the defaults and a name', () => {
    expect(checkDraft(draft, strategy)).toEqual({});
  });

  it('wants a name, money and fees within what the hub takes', () => {
    expect(Object.keys(errorsWith({ name: ' ', initialCash: '0', makerFeeBps: 'x' }))).toEqual([
      'name',
      'initialCash',
      'makerFeeBps',
    ]);
    expect(errorsWith({ takerFeeBps: '1001' })).toEqual({ takerFeeBps: 'At most 1000' });
    expect(errorsWith({ initialCash: '1e3' })).toHaveProperty('initialCash');
  });

  it('checks parameters by their kind and limits', () => {
    expect(paramErrors({ levels: '2.5' })).toEqual({ levels: 'A whole number' });
    expect(paramErrors({ levels: '0' })).toEqual({ levels: 'At least 1' });
    expect(paramErrors({ levels: '' })).toEqual({ levels: 'A number' });
    expect(paramErrors({ spacingBps: '0.05' })).toEqual({ spacingBps: 'At least 0.1' });
    expect(paramErrors({ quantity: 'much' })).toHaveProperty('quantity');
  });
});

describe('checkedDraft', () => {
  it('is what the hub’s own schema takes, decimals kept as text', () => {
    const checked = checkedDraft({ ...draft, name: ' Grid one ' }, strategy);
    expect(requestSchemas['bots.create'].params.parse(checked)).toMatchObject({ name: 'Grid one' });
    expect(checked.params).toEqual({
      levels: 5,
      spacingBps: 20,
      quantity: '0.01',
      side: 'both',
      isPatient: false,
    });
  });

  it('comes back from a bot as it was typed', () => {
    const { params, ...rest } = checkedDraft(draft, strategy);
    const config = { ...rest, params, id: 'b1', createdTime: 0 } as never;
    expect(draftOf({ config })).toEqual(draft);
  });
});
