import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import {
  sampleBook,
  sampleLog,
  sampleNotification,
  sampleTrade,
} from '#tests/fakes/publications.ts';
import type { Publication } from './delivery.ts';
import { PackedRun } from './packed-run.ts';

type TradeItem = Extract<Publishable, { of: 'trade' }>;

function published(items: readonly Publishable[], fromOffset = 7): [Publication, ...Publication[]] {
  const [first, ...others] = items.map((data, index) => ({
    offset: fromOffset + index,
    timestamp: (1_000 + index) as EpochMs,
    data,
  }));
  if (!first) throw new Error('nothing to pack');
  return [first, ...others];
}

const trade = (fields: Partial<TradeItem['trade']>): Publishable => {
  const sample = sampleTrade(1) as TradeItem;
  return { of: 'trade', trade: { ...sample.trade, ...fields } };
};

describe('PackedRun', () => {
  it.each<[string, readonly Publishable[]]>([
    ['a trade', [sampleTrade(1)]],
    [
      'trades of both sides, negative prices, the smallest and largest figures',
      [
        trade({ aggressorSide: 'sell', price: -37.63 as Price, size: 5e-324 as Size }),
        trade({ aggressorSide: 'buy', price: Number.MAX_VALUE as Price, id: 'ä"\\u2028' }),
        trade({ eventTime: 0 as EpochMs, receivedTime: 1_795_000_000_000 as EpochMs }),
      ],
    ],
    ['changes of a book', [sampleBook('snapshot', 1), sampleBook('delta', 2)]],
    ['entries of a log', [sampleLog('first'), sampleLog('second')]],
    ['notifications', [sampleNotification('n1', 'u1')]],
  ])('gives %s as they were', (_, items) => {
    const publications = published(items);
    expect(new PackedRun(publications).unpack()).toEqual(publications);
  });

  it('knows its end without unpacking', () => {
    const { lastOffset, timestamp } = new PackedRun(
      published([sampleTrade(1), sampleTrade(2)], 41),
    );
    expect([lastOffset, timestamp]).toEqual([42, 1_001]);
  });
});
