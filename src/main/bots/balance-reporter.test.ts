import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import type { BotView } from '#contract/requests.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BalanceReporter, balancesOf } from './balance-reporter.ts';

const currencyOf = (id: InstrumentId) => namesOf(id).quote || null;

const bot = (instrumentId: string, cash: string, equity: string) =>
  ({
    config: { instrumentId },
    status: { cash, equity, realizedPnl: '0.1', unrealizedPnl: '-0.2', fees: '0.01' },
  }) as unknown as BotView;

describe('a balance', () => {
  it('adds up bots by currency, exactly, and those without one apart', () => {
    const bots = [
      bot('demo:BTC/USDT', '0.1', '100'),
      bot('deriv:R_100', '7', '7'),
      bot('demo:ETH/USDT', '0.2', '200'),
      bot('kraken:BTC/EUR', '-5', '50.5'),
    ];
    expect(balancesOf(bots, currencyOf)).toEqual([
      {
        ...{ currency: 'EUR', bots: 1, cash: '-5', equity: '50.5' },
        ...{ realizedPnl: '0.1', unrealizedPnl: '-0.2', fees: '0.01' },
      },
      {
        ...{ currency: 'USDT', bots: 2, cash: '0.3', equity: '300' },
        ...{ realizedPnl: '0.2', unrealizedPnl: '-0.4', fees: '0.02' },
      },
      {
        ...{ currency: null, bots: 1, cash: '7', equity: '7' },
        ...{ realizedPnl: '0.1', unrealizedPnl: '-0.2', fees: '0.01' },
      },
    ]);
  });

  it('is told once for many changes, and leaves no timer behind', () => {
    const clock = new FakeClock();
    const published: Publishable[] = [];
    const bots = [bot('demo:BTC/USDT', '1', '1')];
    const reporter = new BalanceReporter({
      ...{ userId: 'owner', clock, currencyOf, bots: () => bots },
      publish: (item) => published.push(item),
    });
    for (let change = 0; change < 10; change += 1) reporter.note();
    bots.push(bot('demo:ETH/USDT', '2', '2'));
    expect(published).toEqual([]);
    clock.advance(1_000);
    expect(published).toMatchObject([
      { of: 'balance', userId: 'owner', balances: [{ currency: 'USDT', cash: '3' }] },
    ]);
    reporter.note();
    reporter.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
