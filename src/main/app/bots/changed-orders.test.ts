import { describe, expect, it } from 'vitest';
import { riskLimitsSchema } from '#contract/bot-settings.ts';
import type { Result } from '#contract/errors.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { gridDraft, openPaperFleet } from '#tests/fakes/paper-fleet.ts';

const money = (text: string) => text as DecimalString;

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A grid that runs at 1,000, and an order of the user’s on its account. */
function withOrder(limits = {}) {
  const fleet = openPaperFleet();
  fleet.book(1_000);
  unwrap(fleet.own.create(gridDraft({ limits: riskLimitsSchema.parse(limits) })));
  fleet.trade(1_000);
  const [ofGrid] = fleet.ledger.orders.open('bot1');
  const draft = { type: 'limit', side: 'buy', quantity: money('0.1') } as const;
  const placed = unwrap(fleet.own.placeOrder('bot1', { ...draft, limitPrice: money('900') }));
  const kept = () => fleet.ledger.orders.get(placed.id);
  const move = (order = placed, limitPrice = '910') => {
    const moved = fleet.own.changeOrder(order, { limitPrice: money(limitPrice) });
    return moved.ok ? moved.value : moved.error.message;
  };
  return { ...fleet, ofGrid, placed, kept, move };
}

describe('an order that was placed by hand', () => {
  it('is moved, on disk before anyone hears of it', () => {
    const fleet = withOrder();
    expect(fleet.move()).toMatchObject({ id: fleet.placed.id, limitPrice: '910' });
    expect(fleet.kept()).toMatchObject({ limitPrice: '910', status: 'accepted' });
  });

  it('[X3] is not moved beyond a limit, and stays', () => {
    const fleet = withOrder({ maxOrderValue: '95' });
    expect(fleet.move(fleet.placed, '960')).toBe(
      'max order value: it would be 96 USDT, 1 more than 95',
    );
    expect(fleet.kept()).toMatchObject({ limitPrice: '900', status: 'accepted' });
  });

  it('[X3] counts once among the open orders, of its bot and of all', () => {
    const fleet = withOrder({ maxOpenOrders: 5 });
    fleet.ledger.settings.set('riskLimits', { USDT: riskLimitsSchema.parse({ maxOpenOrders: 5 }) });
    fleet.risk.onLimitsChanged();
    expect(fleet.ledger.orders.open('bot1')).toHaveLength(5);
    expect(fleet.move()).toMatchObject({ limitPrice: '910' });
  });

  it('is moved by nobody when it is over', () => {
    const fleet = withOrder();
    expect(fleet.move({ ...fleet.placed, status: 'filled' })).toBe('The order is already filled');
  });
});

it('an order of a strategy is not moved by hand', () => {
  const { ofGrid, move } = withOrder();
  if (ofGrid === undefined) throw new Error('the grid has no order');
  expect(move(ofGrid)).toBe('Only an order that was placed by hand can be moved by hand');
});
