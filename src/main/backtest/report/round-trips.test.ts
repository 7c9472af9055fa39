import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RoundTrip } from '#contract/backtest-report.ts';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { RoundTrips } from './round-trips.ts';
import { tradingOf } from './trading.fixture.ts';

function tripsOf(fills: Parameters<typeof tradingOf>[0]) {
  const trips: RoundTrip[] = [];
  const trading = tradingOf(fills);
  const roundTrips = new RoundTrips((trip) => trips.push(trip));
  for (const { fill } of trading) roundTrips.add(fill, `because of ${fill.orderId}`);
  roundTrips.finish();
  return { trips, trading };
}

it('goes from the average entry to the exit, with the fees of both', () => {
  const { trips } = tripsOf([
    { time: 1, order: 'a', side: 'buy', quantity: '1', price: '100', fee: '0.1' },
    { time: 2, order: 'b', side: 'buy', quantity: '3', price: '104', fee: '0.3' },
    { time: 5, order: 'c', side: 'sell', quantity: '1', price: '110', fee: '0.2' },
  ]);
  expect(trips).toEqual([
    {
      ...{ side: 'long', quantity: '1', entryPrice: '103', exitPrice: '110' },
      ...{ openedTime: 1, closedTime: 5, grossPnl: '7', fees: '0.3', pnl: '6.7' },
      returnPercent: expect.closeTo((6.7 / 103) * 100, 12),
      why: 'because of c',
    },
  ]);
});

it('is one however many fills its order took, and another of another order', () => {
  const { trips } = tripsOf([
    { time: 1, order: 'a', side: 'sell', quantity: '4', price: '50', fee: '0' },
    { time: 2, order: 'b', side: 'buy', quantity: '1', price: '40', fee: '0' },
    { time: 3, order: 'b', side: 'buy', quantity: '1', price: '42', fee: '0' },
    { time: 4, order: 'c', side: 'buy', quantity: '2', price: '55', fee: '0' },
  ]);
  expect(
    trips.map(({ side, quantity, exitPrice, pnl }) => [side, quantity, exitPrice, pnl]),
  ).toEqual([
    ['short', '2', '41', '18'],
    ['short', '2', '55', '-10'],
  ]);
});

it('a fill that turns the position round closes one and opens the next', () => {
  const { trips } = tripsOf([
    { time: 1, order: 'a', side: 'buy', quantity: '1', price: '100', fee: '0.1' },
    { time: 2, order: 'b', side: 'sell', quantity: '4', price: '90', fee: '0.4' },
    { time: 3, order: 'c', side: 'buy', quantity: '3', price: '80', fee: '0.3' },
  ]);
  expect(trips.map(({ side, openedTime, pnl, fees }) => [side, openedTime, pnl, fees])).toEqual([
    ['long', 1, '-10.2', '0.2'],
    ['short', 2, '29.4', '0.6'],
  ]);
});

it('what is still open is no trip', () => {
  const { trips } = tripsOf([
    { time: 1, order: 'a', side: 'buy', quantity: '1', price: '100', fee: '0.1' },
  ]);
  expect(trips).toEqual([]);
});

it('[X1] trips add up to the account’s realised PnL and, once it is flat, to its fees', () => {
  const stepArbitrary = fc.record({
    order: fc.constantFrom('a', 'b', 'c'),
    side: fc.constantFrom('buy' as const, 'sell' as const),
    quantity: fc.integer({ min: 1, max: 50 }).map((lots) => `${lots / 10}`),
    price: fc.integer({ min: 1, max: 100_000 }).map((ticks) => `${ticks / 100}`),
    fee: fc.integer({ min: -10, max: 500 }).map((parts) => `${parts / 1000}`),
  });
  fc.assert(
    fc.property(fc.array(stepArbitrary, { maxLength: 40 }), (steps) => {
      const fills = steps.map((step, index) => ({ ...step, time: index + 1 }));
      const held = tradingOf(fills).at(-1)?.position.quantity ?? '0';
      const sign = decimal(held as DecimalString);
      const closing = {
        ...{ time: 99, order: 'last', price: '7.77', fee: '0.01' },
        side: sign.gt(ZERO) ? ('sell' as const) : ('buy' as const),
        quantity: toDecimalString(sign.abs()),
      };
      const { trips, trading } = tripsOf(sign.eq(ZERO) ? fills : [...fills, closing]);
      const sum = (pick: (trip: RoundTrip) => DecimalString) =>
        toDecimalString(trips.reduce((total, trip) => total.plus(pick(trip)), ZERO));
      const last = trading.at(-1)?.position;
      // To the last digit but that of the quotients, which both round to the same 18 places.
      const near = (a: DecimalString, b: DecimalString) =>
        decimal(a).minus(b).abs().lt(decimal(1e-15));
      expect(
        near(
          sum(({ grossPnl }) => grossPnl),
          last?.realizedPnl ?? ('0' as DecimalString),
        ),
      ).toBe(true);
      expect(
        near(
          sum(({ fees }) => fees),
          last?.fees ?? ('0' as DecimalString),
        ),
      ).toBe(true);
    }),
  );
});
