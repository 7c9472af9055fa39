import { describe, expect, it } from 'vitest';
import { type FillWhy, fillWhySchema } from '#contract/fill-trails.ts';
import { whyLines } from './fill-lines.ts';

const TIME = Date.parse('2026-03-02T08:00:00Z');
const AT = '2026-03-02T08:00:00.000Z';

const whyOf = (changes: object): FillWhy =>
  fillWhySchema.parse({
    fill: {
      ...{ id: 'b-f1', botId: 'b', orderId: 'b-1', instrumentId: 'demo:BTC/USDT', side: 'buy' },
      ...{ quantity: '0.1', price: '990', fee: '0.01', feeCurrency: 'USDT', liquidity: 'maker' },
      ...{ realizedPnl: '0', eventTime: TIME },
    },
    ...{ order: null, isReported: false, cause: null, why: null, execution: null, steps: [] },
    ...changes,
  });

describe('why a fill came to be, in a terminal', () => {
  it('is the event, the reason, what executed it, and each step with how long it took', () => {
    const event = {
      ...{ kind: 'trade', price: 985, candleOpenTime: null, fillId: null },
      ...{ eventTime: TIME, receivedTime: TIME },
    };
    const steps = [{ step: 'decided', time: TIME, clock: 'ours', tookMs: 0.42 }];
    expect(whyLines(whyOf({ why: 'a level', cause: event, execution: event, steps }))).toEqual([
      `${AT}  buy   0.1 at 990  fee 0.01 USDT  b-f1`,
      '  said        a level',
      `  acted on    trade 985 ${AT}`,
      `  filled by   trade 985 ${AT}`,
      '  order       b-1',
      `  decided     ${AT}  +0.4 ms`,
    ]);
  });

  it('writes the price of a cheap coin out', () => {
    const cause = {
      ...{ kind: 'trade', price: 1.2e-8, candleOpenTime: null, fillId: null },
      ...{ eventTime: TIME, receivedTime: TIME },
    };
    expect(whyLines(whyOf({ cause }))[2]).toBe(`  acted on    trade 0.000000012 ${AT}`);
  });

  it('[X4] says of a bot that runs elsewhere what it did not tell', () => {
    const steps = [{ step: 'accepted', time: null, clock: 'bot', tookMs: null }];
    const state = { limitPrice: '990', triggerPrice: null, reason: null, reportedTime: null };
    const orderStates = [
      { ...state, status: 'accepted', filledQuantity: '0', time: TIME },
      { ...state, status: 'canceled', filledQuantity: '0.1', time: TIME, reason: 'enough' },
    ];
    expect(whyLines(whyOf({ isReported: true, steps, orderStates })).slice(1)).toEqual([
      '  said        nothing',
      '  acted on    the bot did not tell',
      '  filled by   the bot did not tell',
      '  order       b-1',
      '  accepted    -',
      `  order was   ${AT}  accepted  filled 0  limit 990`,
      `  order was   ${AT}  canceled  filled 0.1  limit 990  enough`,
    ]);
  });
});
