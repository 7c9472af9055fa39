import { describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import type { AlertSilence } from '#domain/alert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Price } from '#domain/units.ts';
import { createStores } from '../stores/stores.ts';
import { AlertCommands } from './alert-commands.ts';

const level = (price: number) => ({
  name: `BTC/USDT ${price}`,
  condition: {
    ...{ kind: 'priceCross' as const, instrumentId: 'demo:BTC/USDT' as InstrumentId },
    ...{ level: price as Price, direction: 'either' as const },
  },
});

function setUp(now = 0) {
  const asked: unknown[] = [];
  const stores = createStores();
  const client = {
    request: async (...request: unknown[]) => {
      asked.push(request);
      return succeed({ id: 'r1' });
    },
    now: () => now,
  } as unknown as ConstructorParameters<typeof AlertCommands>[0];
  return { asked, stores, commands: new AlertCommands(client, stores) };
}

describe('alert levels on a chart', () => {
  it('are taken away again by undoing that they were placed', async () => {
    const { asked, stores, commands } = setUp();
    await commands.placeLevel(level(100));
    await stores.notices.undo();
    expect(asked).toEqual([
      ['alerts.createRule', level(100)],
      ['alerts.removeRule', { ruleId: 'r1' }],
    ]);
  });

  it('go back by undoing that they were moved', async () => {
    const { asked, stores, commands } = setUp();
    await commands.moveLevel('r1', level(110), level(100));
    await stores.notices.undo();
    expect(asked).toEqual([
      ['alerts.updateRule', { ruleId: 'r1', changes: level(110) }],
      ['alerts.updateRule', { ruleId: 'r1', changes: level(100) }],
    ]);
  });
});

describe('an ended silence', () => {
  it('is there again by undoing that it was ended, until the same end by the hub’s clock', async () => {
    const { asked, stores, commands } = setUp(1_000_000);
    const silence = { id: 's1', matchers: { rule: 'r1' }, comment: '', endTime: 1_600_000 };
    await commands.unsilence(silence as unknown as AlertSilence);
    await stores.notices.undo();
    expect(asked.at(-1)).toEqual([
      'alerts.silence',
      { matchers: { rule: 'r1' }, comment: '', durationMs: 600_000 },
    ]);
  });
});
