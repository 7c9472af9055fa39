import { describe, expect, it } from 'vitest';
import type { Result } from '#contract/errors.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { gridDraft, openPaperFleet } from '#tests/fakes/paper-fleet.ts';
import { fillWhy } from './fill-why.ts';

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The first level of a grid at 1,000 was bought, and answered by an order that was sold. */
function traded() {
  const fleet = openPaperFleet({ sharesFlushes: true });
  fleet.book(1_000);
  unwrap(fleet.own.create(gridDraft()));
  fleet.trade(1_000);
  fleet.clock.advance(10);
  fleet.book(985);
  fleet.trade(985, (fleet.clock.now() - 3) as EpochMs);
  fleet.clock.advance(10);
  fleet.book(1_015);
  fleet.trade(1_015);
  fleet.own.flush();
  fleet.own.flush();
  return fleet;
}

describe('why a fill came to be', () => {
  it('tells the event that the strategy acted on, its reason, and what executed the order', () => {
    const { ledger, clock } = traded();
    const why = fillWhy(ledger, 'bot1-f1');
    expect(why).toMatchObject({
      fill: { id: 'bot1-f1', side: 'buy' },
      order: { id: 'bot1-1', status: 'filled' },
      cause: { kind: 'trade', price: 1_000, eventTime: clock.now() - 20 },
      execution: { kind: 'bookSnapshot' },
    });
    expect(why?.why).toBe(why?.order?.why);
    expect(why?.why).not.toBeNull();
  });

  it('tells of an answer which fill it answers', () => {
    const { ledger } = traded();
    const sale = unwrap(ledger.fills.list({ botId: 'bot1', limit: 100 })).items.find(
      ({ side }) => side === 'sell',
    );
    expect(fillWhy(ledger, sale?.id ?? '')?.cause).toMatchObject({
      ...{ kind: 'fill', fillId: 'bot1-f1' },
    });
  });

  it('tells when each step was, and how long it took', () => {
    const { ledger } = traded();
    const steps = fillWhy(ledger, 'bot1-f1')?.steps ?? [];
    expect(steps.map(({ step }) => step)).toEqual([
      ...['event', 'received', 'decided', 'submitted', 'accepted', 'executed', 'written', 'told'],
    ]);
    expect(steps.every(({ time }) => time !== null)).toBe(true);
    const times = steps.map(({ time }) => time ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    for (const { step, tookMs } of steps) {
      if (['decided', 'executed', 'written', 'told'].includes(step)) {
        expect(tookMs).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('is kept over a restart, and goes with its bot', () => {
    const { ledger, clock, own } = traded();
    const before = fillWhy(ledger, 'bot1-f1');
    const again = openPaperFleet({ ledger, clock });
    expect(fillWhy(again.ledger, 'bot1-f1')).toEqual(before);
    unwrap(own.stop('bot1', 'keep'));
    unwrap(own.remove('bot1'));
    expect(fillWhy(ledger, 'bot1-f1')).toBeNull();
  });

  it('of an order by hand says that it was the user', () => {
    const fleet = openPaperFleet();
    fleet.book(1_000);
    unwrap(fleet.own.create(gridDraft({ start: false })));
    const quantity = '1' as DecimalString;
    unwrap(fleet.own.placeOrder('bot1', { type: 'market', side: 'buy', quantity }));
    expect(fillWhy(fleet.ledger, 'bot1-f1')).toMatchObject({
      ...{ cause: { kind: 'user' }, why: 'placed by the user' },
    });
  });
});
