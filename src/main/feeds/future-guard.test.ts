import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { setUp } from '#tests/fakes/supervised-feed.ts';
import { FutureGuard } from './future-guard.ts';
import { BTC } from './scripted-feed.fixture.ts';

const TEN_MINUTES_MS = 600_000;

describe('trades from the future', () => {
  const open = () => {
    const guard = new FutureGuard();
    const made = { instrumentId: BTC, id: '7', price: 1, size: 1, aggressorSide: 'buy' };
    return (aheadMs: number) =>
      guard.refusalOf({
        ...({ ...made, receivedTime: 1e12 as EpochMs } as Parameters<FutureGuard['refusalOf']>[0]),
        eventTime: (1e12 + aheadMs) as EpochMs,
      });
  };

  it('[F5] are refused one by one, and late ones are not', () => {
    const refusalOf = open();
    expect([-3_600_000, 0, 1_268].map(refusalOf)).toEqual([null, null, null]);
    expect(refusalOf(TEN_MINUTES_MS)).toBe('trade 7 is from the future, by 600 s');
    expect(refusalOf(0)).toBeNull();
    expect([1, 2].map(() => refusalOf(TEN_MINUTES_MS) === null)).toEqual([false, false]);
    expect(refusalOf(0)).toBeNull();
  });

  it('are the present where the clocks are that far apart', () => {
    const refusalOf = open();
    const isBelieved = () => refusalOf(TEN_MINUTES_MS) === null;
    expect([1, 2, 3, 4].map(isBelieved)).toEqual([false, false, true, true]);
    expect(refusalOf(2 * TEN_MINUTES_MS)).not.toBeNull();
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
