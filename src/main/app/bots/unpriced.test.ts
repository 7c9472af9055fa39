import { expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { openMemoryLedger, openPaperFleet, PAPER_ID } from '#tests/fakes/paper-fleet.ts';
import { limits, money, running, unwrap } from '#tests/fakes/running-grid.ts';

const START = Date.parse('2026-03-28T10:00:00Z');

it('[X3] counts for the limits of all bots together at what it cost, while no price of it has come', () => {
  const ledger = openMemoryLedger();
  const before = running({}, { ledger, clock: new FakeClock(START) });
  before.buyFirst();
  before.own.stop('bot1', 'keep');
  before.engine.dispose();
  ledger.settings.set('riskLimits', { USDT: limits({ maxPositionValue: money('150') }) });
  const after = openPaperFleet({ ledger, clock: new FakeClock(START + 600_000) });
  expect(after.risk.view().currencies).toMatchObject([{ positionValue: '99' }]);
  after.trade(985);
  expect(after.risk.view().currencies).toMatchObject([{ positionValue: '98.5' }]);
  after.market.of(PAPER_ID).reset();
  expect(after.risk.view().currencies).toMatchObject([{ positionValue: '98.5' }]);
});

it('[X2] what is held is worth what it was last known to be, while no price of it has come', () => {
  const ledger = openMemoryLedger();
  const before = running({}, { ledger, clock: new FakeClock(START) });
  before.buyFirst();
  before.clock.jump(90_000);
  before.trade(981);
  const known = before.status();
  // 0.1 bought at 990.
  expect(known).toMatchObject({ unrealizedPnl: '-0.9', equity: '9999.001', pnlToday: '-0.999' });
  const [sum] = before.balance.look();
  before.balance.dispose();
  before.engine.dispose();

  const after = openPaperFleet({ ledger, clock: new FakeClock(START + 600_000) });
  const view = () => unwrap(after.own.get('bot1'));
  const { equity, pnlToday, drawdown, maxDrawdown } = known;
  const expected = { unrealizedPnl: '-0.9', equity, pnlToday, drawdown, maxDrawdown };
  expect(view().status).toMatchObject(expected);
  expect(view().position.unrealizedPnl).toBe('-0.9');
  expect(after.balance.look()).toEqual([sum]);
  after.trade(985);
  expect(view().status.unrealizedPnl).toBe('-0.5');
  // Its feed begins anew: the market knows nothing.
  after.market.of(PAPER_ID).reset();
  expect(view().status.unrealizedPnl).toBe('-0.5');
});
