import { beforeEach, describe, expect, it } from 'vitest';
import type { BotView } from '#contract/requests.ts';
import { type InstrumentId, namesOf } from '#domain/instrument.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { FleetBalance } from './fleet-balance.ts';
import type { FleetRecord } from './fleet-drawdown.ts';

const currencyOf = (id: InstrumentId) => namesOf(id).quote || null;

const bot = (id: string, instrumentId: string, money: { cash?: string; equity: string }) =>
  ({
    config: { id, instrumentId, initialCash: '100' },
    status: {
      ...{ cash: money.equity, realizedPnl: '0.1', unrealizedPnl: '-0.2', fees: '0.01' },
      ...{ pnlToday: '-0.5', ...money },
    },
  }) as unknown as BotView;

let clock: FakeClock;
let bots: BotView[];
let saves: Readonly<Record<string, FleetRecord>>[];
let faults: unknown[];
let isFull: boolean;

const openBalance = () =>
  new FleetBalance({
    ...{ clock, currencyOf, bots: () => bots },
    store: { load: () => saves.at(-1) ?? {}, save },
    onFault: (fault) => faults.push(fault),
  });
const save = (records: Readonly<Record<string, FleetRecord>>) => {
  if (isFull) throw new Error('the disk is full');
  saves.push(records);
};

beforeEach(() => {
  clock = new FakeClock();
  bots = [];
  saves = [];
  faults = [];
  isFull = false;
});

const equities = (...values: readonly string[]) => {
  bots = values.map((equity, index) => bot(`b${index}`, 'demo:BTC/USDT', { equity }));
};
const fallOf = (balance: FleetBalance) => {
  const [first] = balance.look();
  return [first?.drawdown, first?.maxDrawdown];
};

describe('all bots together', () => {
  it('add up by currency, exactly, and those without one apart', () => {
    bots = [
      bot('a', 'demo:BTC/USDT', { cash: '0.1', equity: '100' }),
      bot('b', 'deriv:R_100', { cash: '7', equity: '7' }),
      bot('c', 'demo:ETH/USDT', { cash: '0.2', equity: '200' }),
      bot('d', 'kraken:BTC/EUR', { cash: '-5', equity: '50.5' }),
    ];
    expect(openBalance().look()).toMatchObject([
      {
        ...{ currency: 'EUR', bots: 1, cash: '-5', equity: '50.5', pnlToday: '-0.5' },
        ...{ realizedPnl: '0.1', unrealizedPnl: '-0.2', fees: '0.01' },
      },
      {
        ...{ currency: 'USDT', bots: 2, cash: '0.3', equity: '300', pnlToday: '-1' },
        ...{ realizedPnl: '0.2', unrealizedPnl: '-0.4', fees: '0.02' },
      },
      {
        ...{ currency: null, bots: 1, cash: '7', equity: '7', pnlToday: '-0.5' },
        ...{ realizedPnl: '0.1', unrealizedPnl: '-0.2', fees: '0.01' },
      },
    ]);
  });

  it('have the drawdown of their sum, not the sum of their drawdowns', () => {
    const balance = openBalance();
    equities('100', '100');
    expect(fallOf(balance)).toEqual(['0', '0']);
    equities('130', '80');
    expect(fallOf(balance)).toEqual(['0', '0']);
    equities('110.5', '85');
    expect(fallOf(balance)).toEqual(['14.5', '14.5']);
    equities('150', '85');
    expect(fallOf(balance)).toEqual(['0', '14.5']);
  });

  it('neither lose nor win where a bot comes or goes, with whatever it had made', () => {
    const balance = openBalance();
    equities('100', '100');
    balance.look();
    equities('100', '100', '500');
    expect(fallOf(balance)).toEqual(['0', '0']);
    equities('100', '90', '500');
    expect(fallOf(balance)).toEqual(['10', '10']);
    equities('100');
    expect(fallOf(balance)).toEqual(['10', '10']);
    equities('104');
    expect(fallOf(balance)).toEqual(['6', '10']);
  });

  it('go on after a restart, with what the market did meanwhile', () => {
    const before = openBalance();
    equities('100');
    before.look();
    clock.advance(5_000);
    equities('150');
    before.look();
    equities('140');
    before.look();
    before.dispose();
    equities('120');
    expect(fallOf(openBalance())).toEqual(['30', '30']);
  });

  it('are written down every few seconds at most, and only where something changed', () => {
    const balance = openBalance();
    for (let second = 0; second < 20; second += 1) {
      equities(String(100 + Math.min(second, 12)));
      balance.look();
      clock.advance(1_000);
    }
    expect(saves).toHaveLength(4);
    balance.dispose();
    expect(saves).toHaveLength(4);
  });

  it('goes on where its worst cannot be kept, and keeps it when it can', () => {
    isFull = true;
    const balance = openBalance();
    equities('110');
    balance.look();
    equities('80');
    expect(fallOf(balance)).toEqual(['30', '30']);
    clock.advance(5_000);
    balance.look();
    expect([saves, faults.map(String)]).toEqual([[], ['Error: the disk is full']]);
    isFull = false;
    clock.advance(5_000);
    balance.look();
    expect(saves).toHaveLength(1);
  });
});
