import { expect, it } from 'vitest';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { gridDraft, openPaperFleet } from '#tests/fakes/paper-fleet.ts';
import { unwrap } from '#tests/fakes/running-grid.ts';

it('a take profit that fills on its way out leaves nothing sold that was not held', () => {
  const fleet = openPaperFleet({ clock: new FakeClock(Date.parse('2025-01-15T12:00:30Z')) });
  const trade = (price: number, afterMs: number) => {
    fleet.clock.advance(afterMs);
    fleet.book(price);
    fleet.trade(price);
  };
  const params = { amount: '100', everyMinutes: 1, mostPurchases: 2, takeProfitPercent: 1 };
  fleet.book(1_000);
  unwrap(fleet.own.create(gridDraft({ strategy: 'dca', params, latencyMs: 1_000 })));
  const held = () => unwrap(fleet.own.get('bot1')).position.quantity;
  trade(1_000, 0);
  trade(1_000, 1_000);
  trade(1_000, 1_000);
  expect(held()).toBe('0.1');
  expect(fleet.ledger.orders.open('bot1')).toMatchObject([{ side: 'sell', status: 'accepted' }]);
  // The second purchase, and a new exit for both: the first one is being canceled.
  trade(1_000, 30_000);
  trade(1_000, 1_000);
  expect(held()).toBe('0.2');
  trade(1_015, 500);
  expect(held()).toBe('0.1');
  trade(1_015, 1_000);
  trade(1_015, 1_000);
  expect(held()).toBe('0');
});

it('a purchase that is refused when it comes to the market is none of those that were wanted', () => {
  const fleet = openPaperFleet({ clock: new FakeClock(Date.parse('2025-01-15T12:00:30Z')) });
  const trade = (price: number, afterMs: number) => {
    fleet.clock.advance(afterMs);
    fleet.book(price);
    fleet.trade(price);
  };
  const params = { amount: '60', everyMinutes: 1, mostPurchases: 1 };
  const initialCash = toDecimalString(decimal(100));
  fleet.book(1_000);
  unwrap(fleet.own.create(gridDraft({ strategy: 'dca', params, initialCash, latencyMs: 1_000 })));
  const held = () => unwrap(fleet.own.get('bot1')).position.quantity;
  trade(1_000, 0);
  // Twice as dear as when it was sent: more than there is.
  fleet.clock.advance(1_000);
  fleet.trade(2_000);
  const logs = unwrap(fleet.ledger.botLogs.page('bot1', { limit: 10 }));
  expect(JSON.stringify(logs)).toContain('Purchase no. 1 bought nothing: ');
  trade(1_000, 30_000);
  trade(1_000, 1_000);
  expect(held()).toBe('0.03');
  trade(1_000, 60_000);
  trade(1_000, 1_000);
  expect(held()).toBe('0.03');
});
