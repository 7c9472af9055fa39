import { describe, expect, it } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import type { RequestResult } from '#contract/requests.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { BalanceSync } from './balance-sync.ts';
import { createStores } from './stores.ts';

const CHANNEL = 'user:ann:balance';

const balance = (equity: string) => ({
  ...{ currency: 'USDT', cash: '0', equity, realizedPnl: '0', unrealizedPnl: '0', fees: '0' },
  ...{ pnlToday: '0', drawdown: '0', maxDrawdown: '0', bots: 2 },
});
const push = (seq: number, equity: string) =>
  ({
    event: 'balance',
    payload: { channel: CHANNEL, seq, timestamp: 1, balances: [balance(equity)] },
  }) as unknown as Push;

function start() {
  const { transport, stores, frame, context } = storesOnHub(createStores(), {
    'balances.get': () => ({ balances: [balance('10')] }),
  });
  transport.answer('unsubscribe', ({ channel }) => ({ ok: true, channel }));
  transport.connect();
  const sayWho = () =>
    stores.connection.setState({ info: { userId: 'ann' } as RequestResult<'system.info'> });
  const equity = () => stores.balances.getState().balances?.map((one) => one.equity);
  return { transport, frame, sayWho, equity, sync: new BalanceSync(context) };
}

describe('BalanceSync', () => {
  it('waits until it is known whose page this is, and asks how things stand', async () => {
    const { transport, frame, sayWho, equity, sync } = start();
    sync.follow();
    await frame();
    expect(transport.callsOf('subscribe')).toEqual([]);
    sayWho();
    await frame();
    expect(transport.callsOf('subscribe')).toEqual([{ channel: CHANNEL }]);
    expect(equity()).toEqual(['10']);
  });

  it('takes the newest sums of a frame', async () => {
    const { transport, frame, sayWho, equity, sync } = start();
    sayWho();
    sync.follow();
    await frame();
    transport.push(push(1, '11'), push(2, '12'));
    expect(equity()).toEqual(['10']);
    await frame();
    expect(equity()).toEqual(['12']);
  });

  it('is subscribed once for all who look, and not at all when nobody does', async () => {
    const { transport, frame, sayWho, sync } = start();
    sayWho();
    const ends = [sync.follow(), sync.follow()];
    await frame();
    expect(transport.callsOf('subscribe')).toHaveLength(1);
    ends[0]?.();
    await frame();
    expect(transport.callsOf('unsubscribe')).toEqual([]);
    ends[1]?.();
    await frame();
    expect(transport.callsOf('unsubscribe')).toEqual([{ channel: CHANNEL }]);
  });
});
