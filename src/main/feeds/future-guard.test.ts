import { describe, expect, it } from 'vitest';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { setUp } from '#tests/fakes/supervised-feed.ts';
import { FutureGuard } from './future-guard.ts';
import { BTC } from './scripted-feed.fixture.ts';

const TEN_MINUTES_MS = 600_000;

describe('trades from the future', () => {
  const open = () => {
    const guard = new FutureGuard();
    let count = 0;
    return (aheadMs: number): [believed: string[], refused: string[]] => {
      count += 1;
      const made = { instrumentId: BTC, id: `${count}`, price: 1, size: 1, aggressorSide: 'buy' };
      const times = { receivedTime: 1e12 as EpochMs, eventTime: (1e12 + aheadMs) as EpochMs };
      const trade = { ...made, ...times } as Trade;
      const { believed, refused } = guard.hear({ kind: 'trade', trade });
      return [believed.map((one) => one.trade.id), refused.map(({ reason }) => reason)];
    };
  };

  it('[F5] are refused as soon as another tells the present, and late ones are not', () => {
    const hear = open();
    expect([-3_600_000, 0, 1_268].map((ahead) => hear(ahead)[0])).toEqual([['1'], ['2'], ['3']]);
    expect(hear(TEN_MINUTES_MS)).toEqual([[], []]);
    expect(hear(0)).toEqual([['5'], ['trade 4 is from the future, by 600 s']]);
    expect([hear(TEN_MINUTES_MS), hear(TEN_MINUTES_MS)]).toEqual([
      [[], []],
      [[], []],
    ]);
    expect(hear(0)[0]).toEqual(['8']);
  });

  it('[F3] are the present where the clocks are that far apart: none is lost', () => {
    const hear = open();
    const believed = Array.from({ length: 4 }, () => hear(TEN_MINUTES_MS)[0]);
    expect(believed).toEqual([[], [], ['1', '2', '3'], ['4']]);
    expect(hear(2 * TEN_MINUTES_MS)[0]).toEqual([]);
    expect(hear(TEN_MINUTES_MS)).toEqual([['6'], ['trade 5 is from the future, by 1200 s']]);
  });

  it('[F5] are counted, and reach nobody', async () => {
    const { feed, events, status, rejections } = await setUp();
    feed.live();
    feed.trade(BTC);
    feed.trade(BTC, -TEN_MINUTES_MS);
    feed.trade(BTC);
    const ids = events.flat().flatMap((one) => (one.kind === 'trade' ? [one.trade.id] : []));
    expect(ids).toEqual(['1', '3']);
    expect(status().rejected).toBe(1);
    expect(rejections).toEqual([
      ['test-1', { line: null, reason: 'trade 2 is from the future, by 600 s' }],
    ]);
  });
});
