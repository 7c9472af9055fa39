import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { PaperMarket } from './paper-market.fixture.ts';

describe('a bad market', () => {
  it('whose book is crossed is not believed: nothing is filled against it', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[101, 5]]);
    market.limit('buy', '1', '100');
    market.show([[103, 5]], [[99.5, 5]]);
    expect(market.takeFills()).toEqual([]);
    expect(market.market('buy', '1')).toMatchObject({ status: 'canceled', filledQuantity: '0' });
    market.print(102, 1);
    market.market('buy', '1');
    expect(market.takeExecutions()).toEqual(['1 @ 102.1']);
  });

  it('has negative prices at times: buyers still pay more, sellers still get less', () => {
    const market = new PaperMarket({ terms: { slippageBps: 99 } });
    market.print(-40, 1);
    market.market('buy', '1');
    market.market('sell', '2');
    expect(market.takeFills().map(({ price, fee }) => [price, fee])).toEqual([
      ['-39.6', '0.0792'],
      ['-40.4', '0.1616'],
    ]);
    const limit = market.limit('buy', '1', '-41');
    market.print(-41.1, 1);
    expect(market.order(limit.id)?.status).toBe('filled');
  });

  it('prints late: what traded before an order came does nothing to it', () => {
    const market = new PaperMarket();
    market.print(100, 1);
    const before = (market.time - 600_000) as EpochMs;
    const limit = market.limit('buy', '1', '99');
    const stop = market.broker.place(
      {
        ...{ type: 'stop', side: 'sell', quantity: '1' as DecimalString },
        triggerPrice: '98' as DecimalString,
      },
      market.time,
    );
    market.print(97, 5, 'sell', before);
    expect(market.takeFills()).toEqual([]);
    expect(market.broker.openOrders.map(({ id }) => id)).toEqual([limit.id, stop.id]);
    market.print(98.5, 5);
    expect(market.order(limit.id)?.status).toBe('filled');
  });

  it('prints old trades first when one connects: none acts on an order that came after it', () => {
    const market = new PaperMarket();
    market.print(100, 1);
    const before = (market.time - 600_000) as EpochMs;
    const limit = market.limit('buy', '1', '99');
    const trailing = market.place({
      ...{ type: 'trailingStop', side: 'sell', quantity: '1' as DecimalString },
      trailingOffset: '3' as DecimalString,
    });
    // As after a restart: nothing is known of the market yet.
    market.lastTrade = null;
    market.print(108, 5, 'buy', before);
    market.print(90, 5, 'sell', (before + 1_000) as EpochMs);
    expect(market.takeFills()).toEqual([]);
    expect(market.order(trailing.id)?.triggerPrice).toBe('97');
    market.print(98.5, 5);
    expect(market.order(limit.id)?.status).toBe('filled');
  });

  it('prints old trades first: none acts on an order that came when nothing was known yet', () => {
    const market = new PaperMarket();
    const limit = market.limit('buy', '1', '99');
    const old = (market.time - 60_000) as EpochMs;
    market.print(90, 5, 'sell', old);
    expect(market.takeFills()).toEqual([]);
    // Our clock may be some seconds off: what is no older than that is news.
    market.print(98, 5, 'sell', (market.time - 2_000) as EpochMs);
    expect(market.order(limit.id)?.status).toBe('filled');
  });

  it('has a clock that is set back: orders of before are filled by what trades then', () => {
    const market = new PaperMarket();
    market.print(100, 1);
    const limit = market.limit('buy', '1', '99');
    market.lastTrade = null;
    const earlier = (market.time - 600_000) as EpochMs;
    market.print(98, 5, 'sell', earlier, earlier);
    expect(market.order(limit.id)?.status).toBe('filled');
  });

  it('loses its book, and orders keep their place by what trades', () => {
    const market = new PaperMarket();
    market.show([[99, 2]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.lose();
    market.print(99, 2.5);
    expect(market.takeExecutions()).toEqual(['0.5 @ 99']);
  });

  it('changes its increments: what is there goes on, and what comes must keep to the new ones', () => {
    const market = new PaperMarket();
    market.show([[98, 1]], [[100, 1]]);
    market.limit('buy', '0.123', '99.1');
    const changed = { ...market.broker.openOrders[0] };
    market.broker.setInstrument({
      ...{ id: 'demo:BTC/USDT', exchange: 'demo', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT' },
      ...{ priceIncrement: 1, sizeIncrement: 0.1 },
      ...{ minNotional: null, makerFeeBps: null, takerFeeBps: null },
    } as never);
    expect(market.limit('buy', '0.1', '99.1').reason).toContain('not a multiple of 1');
    market.print(99.1, 0.05);
    market.print(99, 5);
    expect(market.order(changed.id ?? '')).toMatchObject({ status: 'filled' });
    expect(market.takeExecutions()).toEqual(['0.123 @ 99.1']);
  });
});

describe('a clock that jumps', () => {
  it('does not hold up what is under way', () => {
    const market = new PaperMarket({ terms: { latencyMs: 50 } });
    market.print(100, 1);
    market.market('buy', '1');
    market.pass(-10);
    market.print(100, 1);
    expect(market.order('bot-1')?.status).toBe('submitted');
    market.pass(-3_600_000);
    market.print(100, 1);
    expect(market.order('bot-1')?.status).toBe('filled');
    market.market('buy', '1');
    market.pass(10 * 86_400_000);
    market.print(101, 1);
    expect(market.order('bot-2')?.status).toBe('filled');
  });
});
