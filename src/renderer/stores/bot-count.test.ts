import { expect, it, vi } from 'vitest';
import type { Push } from '#contract/pushes.ts';
import { FakeHubTransport, subscribeReply } from '#tests/fakes/fake-hub-transport.ts';
import { HubClient } from '../client/hub-client.ts';
import { watchBotCount } from './bot-count.ts';
import { createStores } from './stores.ts';

const CHANNEL = 'user:ann:balance';

function start() {
  const transport = new FakeHubTransport();
  const client = new HubClient({ transport });
  const stores = createStores();
  transport.answer('subscribe', ({ channel }) => subscribeReply(channel));
  client.start();
  transport.connect();
  const onOthers = vi.fn();
  watchBotCount({ client, stores }, 'ann', onOthers);
  let seq = 0;
  return {
    onOthers,
    ready: async () => {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    },
    lists: (botIds: readonly string[] | null) => stores.bots.setState({ botIds }),
    /** Bots by currency, as the hub counts them. */
    counts: (...bots: readonly number[]) => {
      seq += 1;
      const balances = bots.map((count) => ({
        ...{ currency: null, cash: '0', equity: '0', realizedPnl: '0', unrealizedPnl: '0' },
        ...{ fees: '0', pnlToday: '0', drawdown: '0', maxDrawdown: '0', bots: count },
      }));
      const payload = { channel: CHANNEL, seq, timestamp: 1, balances };
      transport.push({ event: 'balance', payload } as unknown as Push);
    },
  };
}

it('tells once where there are more bots than the page knows of, or fewer', async () => {
  const { onOthers, ready, lists, counts } = start();
  await ready();
  lists(['b1', 'b2']);
  counts(1, 1);
  expect(onOthers).toHaveBeenCalledTimes(0);
  counts(2, 1);
  counts(2, 1);
  expect(onOthers).toHaveBeenCalledTimes(1);
  lists(['b1', 'b2', 'b3']);
  counts(2, 1);
  counts(2);
  expect(onOthers).toHaveBeenCalledTimes(2);
});

it('waits until the page has its bots, and does not count those of decks', async () => {
  const { onOthers, ready, lists, counts } = start();
  await ready();
  counts(1);
  lists(['b1', 'd1_bot1']);
  counts(1);
  expect(onOthers).toHaveBeenCalledTimes(0);
});
