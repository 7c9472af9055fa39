import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { SubscribeReply } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { type ServeProcess, startServe, temporaryDirectory } from '../support/serve-process.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let serve: ServeProcess;
let hub: HubConnection;

const start = async () => {
  serve = await startServe(['--port', '0', '--data-dir', directory.path]);
  hub = await HubConnection.connect(serve.url, serve.token);
};
beforeEach(async () => {
  directory = temporaryDirectory();
  await start();
});
afterEach(async () => {
  hub.close();
  await serve.stop();
  directory.remove();
});

const TOPICS = ['trades', 'orders', 'logs'] as const;
const report = (id: number) =>
  hub.call('bot:publish', {
    botId: 'ext',
    id: `r${id}`,
    kind: 'log',
    data: { level: 'info', message: `line ${id}`, time: 1_700_000_000_000 + id },
  });
const messages = (pushes: readonly Push[]) =>
  pushes.flatMap((push) => (push.event === 'bot:log' ? [push.payload.message] : []));
const subscribe = (name: string, since?: { epoch: string; offset: number }) =>
  hub.call<SubscribeReply>('subscribe', since ? { channel: name, since } : { channel: name });

describe('a kill at any moment', () => {
  it('[B5] gives back exactly what was missed, of logs that were acknowledged', async () => {
    const logs = channel.bot('ext', 'logs');
    await report(1);
    const { epoch, offset } = await subscribe(logs);
    expect(offset).toBe(1);
    hub.socket.removeAllListeners('bot:log');
    for (let id = 2; id <= 15; id += 1) await report(id);
    await serve.stop('SIGKILL');
    hub.close();
    await start();
    await report(16);
    const back = await subscribe(logs, { epoch, offset });
    expect(back).toMatchObject({ epoch, offset: 16, recovered: true });
    const missed = Array.from({ length: 15 }, (_, index) => index + 2);
    expect(back.pushes.map(({ payload }) => payload.seq)).toEqual(missed);
    expect(messages(back.pushes)).toEqual(missed.map((id) => `line ${id}`));
    // And what follows continues without a seam.
    const next = new Promise((resolve) => hub.socket.once('bot:log', resolve));
    await report(17);
    expect(await next).toMatchObject({ seq: 17, message: 'line 17' });
  });

  it('[B5] a fill has its offset in the transaction that it is written in', async () => {
    const [bot] = (await hub.request('bots.list', {})).bots;
    const botId = bot?.config.id ?? '';
    const positions = new Map<string, SubscribeReply>();
    for (const topic of TOPICS) {
      const name = channel.bot(botId, topic);
      positions.set(name, await subscribe(name));
    }
    // The demo bot places its orders at once; the kill comes while it trades.
    await eventually(
      () => hub.request('orders.list', { botId }),
      ({ items }) => items.length > 0,
    );
    const [ledgerEpoch = ''] = [...positions.values()].map(({ epoch }) => epoch);
    await serve.stop('SIGKILL');
    hub.close();
    await start();
    for (const [name, { epoch, offset }] of positions) {
      const back = await subscribe(name, { epoch, offset });
      expect(back).toMatchObject({ epoch, recovered: true });
      expect(back.pushes.map(({ payload }) => payload.seq)).toEqual(
        Array.from({ length: back.offset - offset }, (_, index) => offset + index + 1),
      );
    }
    const { items } = await hub.request('fills.list', { botId, limit: 1_000 });
    const trades = await subscribe(channel.bot(botId, 'trades'), {
      epoch: ledgerEpoch,
      offset: 0,
    });
    const told = trades.pushes.flatMap((push) =>
      push.event === 'bot:trade' ? [push.payload.trade.id] : [],
    );
    expect(trades.recovered).toBe(true);
    expect(told.slice(0, items.length)).toEqual(
      items
        .map(({ id }) => id)
        .toReversed()
        .slice(0, told.length),
    );
  });
});
