import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { fillNotification } from './fill-notification.ts';

const time = 1 as EpochMs;
const told = (quote: string, realizedPnl: string) => {
  const fill: Fill = {
    ...{ id: 'f1', botId: 'b1', orderId: 'o1', side: 'sell', feeCurrency: quote, eventTime: time },
    instrumentId: `demo:ETH/${quote}` as InstrumentId,
    ...{ quantity: '1' as DecimalString, price: '0.051' as DecimalString, liquidity: 'maker' },
    ...{ fee: '0' as DecimalString, realizedPnl: realizedPnl as DecimalString },
  };
  const instrument = { base: 'ETH', quote, symbol: `ETH/${quote}`, exchange: 'demo' };
  return fillNotification(fill, { id: 'b1', name: 'Grid' }, instrument, time).body;
};

describe('what is told of a fill', () => {
  it('says what it won, also where that is a small part of a coin', () => {
    expect(told('USDT', '12.345')).toBe('Grid · ETH/USDT on demo · +12.34 USDT');
    expect(told('BTC', '-0.00043')).toBe('Grid · ETH/BTC on demo · -0.00043 BTC');
    expect(told('BTC', '0')).toBe('Grid · ETH/BTC on demo');
  });
});
