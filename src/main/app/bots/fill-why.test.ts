import { describe, expect, it } from 'vitest';
import { type BotRecordInput, botRecordSchema } from '#contract/bot-records.ts';
import type { Result } from '#contract/errors.ts';
import { fillWhySchema } from '#contract/fill-trails.ts';
import { ownerCaller } from '#contract/scopes.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { ExternalBots } from '#main/bots/external-bots.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { gridDraft, openMemoryLedger, openPaperFleet } from '#tests/fakes/paper-fleet.ts';
import { externalBotLedger } from './external-bot-ledger.ts';
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

describe('why a fill that was reported came to be', () => {
  const BOT = 'mm';
  const MARKET = 'binance:BTC/USDT';

  /** A bot that runs elsewhere, over a real ledger; each report is sent ten milliseconds after the one before. */
  function elsewhere() {
    const ledger = openMemoryLedger();
    const clock = new FakeClock();
    const bots = new ExternalBots({
      ...{ userId: 'owner', clock, store: externalBotLedger(ledger, 'owner', clock) },
      ...{ markPrice: () => null, createCommandId: () => 'unused', isKilled: () => false },
      publish: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
    let records = 0;
    const report = (kind: BotRecordInput['kind'], data: object) => {
      records += 1;
      const record = botRecordSchema.parse({ botId: BOT, id: `r${records}`, kind, data });
      void bots.publish(record, ownerCaller('owner'), { isOpen: true, command: () => true });
      clock.advance(10);
    };
    const order = (status: string, updatedTime: number, changes: object = {}) =>
      report('order', {
        ...{ id: 'o1', instrumentId: MARKET, type: 'limit', side: 'buy', quantity: '1' },
        ...{ limitPrice: '2', status, filledQuantity: '0', createdTime: 1_000, updatedTime },
        ...changes,
      });
    const fill = () =>
      report('trade', {
        ...{ id: 'f1', orderId: 'o1', instrumentId: MARKET, side: 'buy', quantity: '1' },
        ...{ price: '2', fee: '0', feeCurrency: 'USDT', eventTime: 1_050 },
      });
    return { ledger, bots, clock, order, fill, why: () => fillWhy(ledger, 'mm:f1') };
  }
  type Steps = NonNullable<ReturnType<typeof fillWhy>>['steps'];
  const timesOf = (steps: Steps | undefined) =>
    Object.fromEntries(steps?.map(({ step, time }) => [step, time]) ?? []);

  it('[X4] tells what the bot said, and when that came here', () => {
    const { clock, order, fill, why } = elsewhere();
    order('submitted', 1_000, { why: 'the spread was wide' });
    order('accepted', 1_020);
    const before = clock.now();
    fill();
    order('filled', 1_050, { filledQuantity: '1' });
    expect(why()).toMatchObject({
      fill: { id: 'mm:f1', eventTime: 1_050 },
      order: { id: 'mm:o1', status: 'filled' },
      why: 'the spread was wide',
    });
    const steps = why()?.steps;
    const { reported, ...told } = timesOf(steps);
    expect(told).toEqual({ submitted: 1_000, accepted: 1_020, executed: 1_050 });
    expect(reported).toBeGreaterThanOrEqual(before);
    expect(reported).toBeLessThanOrEqual(clock.now());
    expect(steps?.map(({ clock: of }) => of)).toEqual(['bot', 'bot', 'bot', 'ours']);
  });

  it('[X4] makes nothing up of what the bot did not tell', () => {
    const { fill, why } = elsewhere();
    fill();
    const told = why();
    expect(told).toMatchObject({
      ...{ isReported: true, order: null, cause: null, why: null, execution: null },
    });
    expect(timesOf(told?.steps)).toMatchObject({ submitted: null, accepted: null });
    expect(told?.steps.every(({ tookMs }) => tookMs === null)).toBe(true);
    expect(fillWhySchema.safeParse(told).success).toBe(true);
  });

  it('[X4] keeps every state that the bot told of the order, each once, and when it came', () => {
    const { ledger, order, fill, why } = elsewhere();
    order('submitted', 1_000);
    order('accepted', 1_020);
    order('accepted', 1_020);
    order('accepted', 1_030, { limitPrice: '3' });
    order('partiallyFilled', 1_050, { filledQuantity: '0.4', limitPrice: '3' });
    fill();
    order('canceled', 1_060, {
      filledQuantity: '0.4',
      limitPrice: '3',
      reason: 'no longer wanted',
    });
    const states = why()?.orderStates ?? [];
    expect(
      states.map(({ status, time, filledQuantity }) => [status, time, filledQuantity]),
    ).toEqual([
      ['submitted', 1_000, '0'],
      ['accepted', 1_020, '0'],
      ['accepted', 1_030, '0'],
      ['partiallyFilled', 1_050, '0.4'],
      ['canceled', 1_060, '0.4'],
    ]);
    expect(states.map(({ limitPrice }) => limitPrice)).toEqual(['2', '2', '3', '3', '3']);
    expect(states.at(-1)?.reason).toBe('no longer wanted');
    expect(states.every(({ reportedTime }) => reportedTime !== null)).toBe(true);
    ledger.bots.remove('mm');
    expect(ledger.orderStates.of('mm:o1')).toEqual([]);
  });

  it('[X4] does not open an order again by what is told late of a time before its end', () => {
    const { bots, order, fill, why } = elsewhere();
    const stands = () => [why()?.order?.status, bots.get('mm')?.status.openOrders];
    order('filled', 1_050, { filledQuantity: '1' });
    fill();
    order('accepted', 1_020);
    order('accepted', 1_020);
    expect(stands()).toEqual(['filled', 0]);
    expect(why()?.orderStates.map(({ status }) => status)).toEqual(['filled', 'accepted']);
    order('accepted', 1_100);
    expect(stands()).toEqual(['accepted', 1]);
  });

  it('[X4] keeps when a fill came and an order was accepted first, whatever is said again', () => {
    const { order, fill, why } = elsewhere();
    order('accepted', 1_020);
    fill();
    const first = why()?.steps;
    order('accepted', 1_900, { limitPrice: '3' });
    fill();
    expect(why()?.steps).toEqual(first);
  });
});
