import { describe, expect, it } from 'vitest';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { StrategyDescription } from '#contract/requests.ts';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { draftOf } from './bot-draft.ts';
import { changesOf } from './use-bot-submission.ts';

const parameter = {
  ...{ label: '', description: '', unit: '', minimum: null, maximum: null, options: null },
};
const strategy: StrategyDescription = {
  ...{ id: 'grid', name: 'Grid', description: '' },
  parameters: [
    { ...parameter, name: 'levels', kind: 'integer', default: 5, whileRunning: null },
    { ...parameter, name: 'quantity', kind: 'decimal', default: '1', whileRunning: 'at once' },
  ],
};
const bot = (state: 'running' | 'stopped') =>
  ({
    config: {
      ...{ id: 'b1', name: 'Grid', strategy: 'grid', instrumentId: 'demo:A/Q' },
      ...{ params: { levels: 5, quantity: '1' }, initialCash: '100' },
      ...{ makerFeeBps: 1, takerFeeBps: 2, createdTime: 1, archivedTime: null },
      ...DEFAULT_BOT_SETTINGS,
      limits: DEFAULT_LIMITS,
    },
    status: { state },
  }) as unknown as BotRecord;

describe('what is sent of a bot that is edited', () => {
  it('is only what was changed here: the rest may have been changed elsewhere', () => {
    const stopped = bot('stopped');
    const draft = draftOf(stopped);
    const settings = { ...draft.settings, maxOpenOrders: '7', leverage: '3' };
    const edited = { ...draft, name: 'Mine', params: { ...draft.params, levels: '8' }, settings };
    expect(changesOf(stopped, edited, strategy)).toEqual({
      ...{ name: 'Mine', leverage: 3, params: { levels: 8 } },
      limits: { maxOpenOrders: 7 },
    });
    expect(changesOf(stopped, draft, strategy)).toEqual({ params: {}, limits: {} });
  });

  it('is of a bot that runs what it takes as it runs', () => {
    const running = bot('running');
    const draft = draftOf(running);
    const params = { levels: '9', quantity: '2' };
    expect(changesOf(running, { ...draft, params }, strategy)).toEqual({
      ...{ params: { quantity: '2' }, limits: {} },
    });
  });
});
