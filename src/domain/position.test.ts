import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalString, decimal, toDecimalString, ZERO } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import {
  applyExecution,
  cashFlowOf,
  type Execution,
  flatPosition,
  unrealizedPnl,
} from './position.ts';
import type { EpochMs } from './units.ts';

const TIME = 1_700_000_000_000 as EpochMs;
const flat = () => flatPosition('bot', 'demo:BTC/USDT' as InstrumentId, TIME);

function execution(side: 'buy' | 'sell', quantity: string, price: string, fee = '0'): Execution {
  return {
    side,
    quantity: quantity as DecimalString,
    price: price as DecimalString,
    fee: fee as DecimalString,
    eventTime: TIME,
  };
}

function run(...executions: Execution[]) {
  let position = flat();
  const realized: string[] = [];
  for (const step of executions) {
    const booked = applyExecution(position, step);
    position = booked.position;
    realized.push(booked.realizedPnl);
  }
  return { position, realized };
}

describe('applyExecution', () => {
  it('averages the entry of two buys', () => {
    const { position } = run(execution('buy', '1', '100'), execution('buy', '3', '104'));
    expect(position).toMatchObject({ quantity: '4', cost: '412', averagePrice: '103' });
  });

  it('realises against the average entry when a long is reduced, and keeps the entry', () => {
    const { position, realized } = run(execution('buy', '4', '103'), execution('sell', '1', '110'));
    expect(realized).toEqual(['0', '7']);
    expect(position).toMatchObject({ quantity: '3', cost: '309', averagePrice: '103' });
  });

  it('realises a short that is bought back lower', () => {
    const { position, realized } = run(execution('sell', '2', '50'), execution('buy', '2', '45'));
    expect(realized).toEqual(['0', '10']);
    expect(position).toMatchObject({ quantity: '0', cost: '0', averagePrice: null });
  });

  it('turns a long into a short: closes all of it, opens the rest at the new price', () => {
    const { position, realized } = run(execution('buy', '1', '100'), execution('sell', '3', '90'));
    expect(realized).toEqual(['0', '-10']);
    expect(position).toMatchObject({ quantity: '-2', cost: '-180', averagePrice: '90' });
  });

  it('leaves no remainder of an entry that has no finite decimal', () => {
    const { position } = run(
      execution('buy', '3', '100.01'),
      execution('sell', '1', '100'),
      execution('sell', '1', '100'),
      execution('sell', '1', '100'),
    );
    expect(position).toMatchObject({ quantity: '0', cost: '0', realizedPnl: '-0.03' });
  });
});

const anyExecution = fc
  .record({
    side: fc.constantFrom('buy' as const, 'sell' as const),
    lots: fc.integer({ min: 1, max: 5_000 }),
    ticks: fc.integer({ min: -500, max: 100_000 }),
    feeBps: fc.integer({ min: -5, max: 50 }),
  })
  .map(({ side, lots, ticks, feeBps }) => {
    const quantity = decimal(lots).times(decimal(0.001));
    const price = decimal(ticks).times(decimal(0.01));
    const fee = quantity.times(price).abs().times(decimal(feeBps)).times(decimal(0.0001));
    return execution(side, toDecimalString(quantity), toDecimalString(price), toDecimalString(fee));
  });

describe('accounting', () => {
  it('[X1] cash + position at cost + fees balance exactly after any run of executions', () => {
    fc.assert(
      fc.property(fc.array(anyExecution, { maxLength: 60 }), (executions) => {
        const { position } = run(...executions);
        const cash = executions.reduce((sum, step) => sum.plus(cashFlowOf(step)), ZERO);
        const balance = cash.plus(position.cost).plus(position.fees).minus(position.realizedPnl);
        expect(toDecimalString(balance)).toBe('0');
      }),
    );
  });

  it('[X1] realised and unrealised PnL at a mark equal the value of all executions at that mark', () => {
    fc.assert(
      fc.property(fc.array(anyExecution, { maxLength: 60 }), (executions) => {
        const mark = 123.45;
        const { position } = run(...executions);
        // The independent model: every execution valued on its own, in integer ten-millionths.
        const expected = executions.reduce((sum, { side, quantity, price }) => {
          const lots = BigInt(Math.round(Number(quantity) * 1e3)) * (side === 'buy' ? 1n : -1n);
          return sum + lots * (12_345n - BigInt(Math.round(Number(price) * 100)));
        }, 0n);
        const total = decimal(unrealizedPnl(position, mark)).plus(position.realizedPnl);
        expect(total.times(decimal(100_000)).toFixed()).toBe(expected.toString());
      }),
    );
  });
});
