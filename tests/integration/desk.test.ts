import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { SubscribeReply } from '#contract/client-events.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { limitsWith } from '#main/hub/limits/changed-limits.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { runCli, temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

type Joined = {
  ok: true;
  presence: { room: string; userIds: string[] };
  channels: SubscribeReply[];
};

const join = (hub: HubConnection, room: string) => hub.call<Joined>('desk:join', { room });
const say = (hub: HubConnection, room: string, text: string) =>
  hub.call<{ message: { id: string } }>('desk:send', { room, text });

/** Collects the pushes of an event from now on. */
function collect<T>(hub: HubConnection, event: string): T[] {
  const collected: T[] = [];
  hub.socket.on(event, (push: T) => collected.push(push));
  return collected;
}

function textsOf({ channels }: Joined, room: string): string[] {
  const reply = channels.find((one) => one.channel === channel.desk(room));
  return (reply?.pushes ?? []).map(({ payload }) => (payload as { text: string } & object).text);
}

describe('people on one hub', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let monitor: Monitor;
  const connections: HubConnection[] = [];

  const start = async (): Promise<void> => {
    monitor = await startTestMonitor({ dataDirectory: directory.path });
  };
  const connect = async (userId?: string): Promise<HubConnection> => {
    const hub = userId === undefined ? await connectTo(monitor) : await connectAs(userId);
    connections.push(hub);
    return hub;
  };
  const connectAs = async (userId: string): Promise<HubConnection> => {
    const owner = await connectTo(monitor);
    const { token } = await owner.request('tokens.issue', {
      ...{ userId, scopes: ['read'], expiresInSeconds: 60 },
    });
    owner.close();
    return HubConnection.connect(monitor.url, token);
  };
  const stop = async (): Promise<void> => {
    for (const hub of connections.splice(0)) hub.close();
    await monitor.close();
  };
  beforeEach(async () => {
    directory = temporaryDirectory();
    await start();
  });
  afterEach(async () => {
    await stop();
    directory.remove();
  });

  it('see who is in a room, as they come and go, each once', async () => {
    const owner = await connect();
    const presences = collect<PushPayload<'desk:presence'>>(owner, 'desk:presence');
    expect((await join(owner, 'main')).presence).toEqual({ room: 'main', userIds: ['owner'] });
    const ann = await connect('ann');
    const annAgain = await connect('ann');
    expect((await join(ann, 'main')).presence.userIds).toEqual(['ann', 'owner']);
    await join(annAgain, 'main');
    await eventually(
      () => presences.at(-1)?.userIds,
      (users) => users?.length === 2,
    );
    ann.close();
    await owner.call('desk:join', { room: 'elsewhere' });
    expect((await join(owner, 'main')).presence.userIds).toEqual(['ann', 'owner']);
    await annAgain.call('desk:leave', { room: 'main' });
    await eventually(
      () => presences.at(-1),
      (last) => last?.room === 'main' && last.userIds.length === 1,
    );
  });

  it('[B2] hear every line, in order', async () => {
    const [owner, ann] = [await connect(), await connect('ann')];
    await join(owner, 'main');
    await join(ann, 'main');
    const heard = collect<PushPayload<'desk:message'>>(ann, 'desk:message');
    for (const text of ['one', 'two', 'three']) await say(owner, 'main', text);
    await eventually(
      () => heard.length,
      (count) => count === 3,
    );
    expect(heard.map(({ text, userId, room }) => [text, userId, room])).toEqual([
      ['one', 'owner', 'main'],
      ['two', 'owner', 'main'],
      ['three', 'owner', 'main'],
    ]);
  });

  it('[B3] find what was said before, also after a restart', async () => {
    const owner = await connect();
    await join(owner, 'main');
    for (const text of ['one', 'two']) await say(owner, 'main', text);
    expect(textsOf(await join(await connect(), 'main'), 'main')).toEqual(['one', 'two']);
    await stop();
    await start();
    const back = await connect();
    expect(textsOf(await join(back, 'main'), 'main')).toEqual(['one', 'two']);
    expect(textsOf(await join(back, 'other'), 'other')).toEqual([]);
  });

  it('[H4] say ten things a minute at most, over all of their connections', async () => {
    const [first, second] = [await connect('ann'), await connect('ann')];
    await join(first, 'main');
    await join(second, 'main');
    for (let line = 0; line < 10; line += 1)
      await say(line % 2 ? first : second, 'main', `${line}`);
    await expect(say(first, 'main', 'one too many')).rejects.toThrow('rate_limited');
    await expect(say(second, 'main', 'one too many')).rejects.toThrow('rate_limited');
    const owner = await connect();
    await join(owner, 'main');
    await say(owner, 'main', 'not counted with hers');
  });

  it('[H4] say as much as the limits that were changed let them', async () => {
    await stop();
    const often = { count: 15, periodMs: 60_000 };
    monitor = await startTestMonitor({
      dataDirectory: directory.path,
      hubLimits: limitsWith({ eventRates: { 'desk:send': often } }),
    });
    const ann = await connect('ann');
    await join(ann, 'main');
    for (let line = 0; line < 15; line += 1) await say(ann, 'main', `${line}`);
    await expect(say(ann, 'main', 'one too many')).rejects.toThrow('rate_limited');
  });

  it('speak only in rooms that they are in', async () => {
    const owner = await connect();
    await expect(say(owner, 'main', 'hello?')).rejects.toThrow('invalid_state');
    await join(owner, 'main');
    await owner.call('desk:leave', { room: 'main' });
    await expect(say(owner, 'main', 'hello?')).rejects.toThrow('invalid_state');
  });

  it.each(['', 'Main', 'a b', 'a:b', '../x', '-x', 'x'.repeat(33)])(
    '[H2] do not get into a room called %j',
    async (room) => {
      const owner = await connect();
      await expect(join(owner, room)).rejects.toThrow('invalid_payload');
      await expect(owner.subscribe(`desk:${room}`)).rejects.toThrow(
        /unknown_channel|invalid_payload/,
      );
    },
  );

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['more than a thousand characters', 'x'.repeat(1_001)],
  ])('[H6] do not say %s', async (_, text) => {
    const owner = await connect();
    await join(owner, 'main');
    await expect(say(owner, 'main', text)).rejects.toThrow('invalid_payload');
  });

  it('are told an announcement, which is kept and given to who comes later', async () => {
    const [owner, ann] = [await connect(), await connect('ann')];
    await ann.subscribe(channel.announcement);
    const told = collect<PushPayload<'announcement'>>(ann, 'announcement');
    await owner.request('announcements.send', { title: 'Back in five', severity: 'warning' });
    await eventually(
      () => told.length,
      (count) => count === 1,
    );
    expect(told[0]).toMatchObject({ title: 'Back in five', body: '', severity: 'warning' });
    const centre = await owner.request('notifications.list', {});
    expect(centre.items).toContainEqual(
      expect.objectContaining({ kind: 'announcement', title: 'Back in five', read: false }),
    );
    await stop();
    await start();
    const later = await connect('ben');
    const { pushes } = await later.subscribe(channel.announcement);
    expect(pushes).toMatchObject([{ event: 'announcement', payload: { title: 'Back in five' } }]);
    const { items } = await later.request('announcements.list', {});
    expect(items).toMatchObject([{ title: 'Back in five' }]);
  });

  it('[H1] do not announce anything without being its owner', async () => {
    const ann = await connect('ann');
    const refused = ann.request('announcements.send', { title: 'I am the owner' });
    await expect(refused).rejects.toThrow('access_denied');
    expect((await ann.request('announcements.list', {})).items).toEqual([]);
  });

  it('are told what the owner announces from a terminal', async () => {
    const owner = await connect();
    await owner.subscribe(channel.announcement);
    const told = collect<PushPayload<'announcement'>>(owner, 'announcement');
    const place = ['--port', new URL(monitor.url).port, '--data-dir', directory.path];
    const { code, stdout } = await runCli([
      'announce',
      'Restarting',
      '--severity',
      'critical',
      ...place,
    ]).ended;
    expect(code).toBe(0);
    await eventually(
      () => told.length,
      (count) => count === 1,
    );
    expect(told[0]).toMatchObject({ id: stdout.trim(), title: 'Restarting', severity: 'critical' });
  });

  it('[B6] get every price of the watchlist on one channel', async () => {
    const ann = await connect('ann');
    const prices = collect<PushPayload<'price:update'>>(ann, 'price:update');
    const { pushes } = await eventually(
      () => ann.subscribe(channel.publicPrice),
      (reply) => reply.pushes.length === 2,
    );
    const symbols = pushes.map(({ payload }) => (payload as PushPayload<'price:update'>).symbol);
    expect(new Set(symbols)).toEqual(new Set(['demo:BTC/USDT', 'demo:ETH/USDT']));
    const updated = () => new Set(prices.map(({ symbol }) => symbol));
    await eventually(
      () => updated().size,
      (count) => count === 2,
    );
    expect(prices.every((price) => price.channel === channel.publicPrice)).toBe(true);
  });

  it('[H2] are shown the balance of all bots only as their owner', async () => {
    const owner = await connect();
    const { pushes } = await eventually(
      () => owner.subscribe(channel.user('owner', 'balance')),
      (reply) => reply.pushes.length === 1,
    );
    const [push] = pushes;
    expect(push).toMatchObject({
      event: 'balance',
      payload: { balances: [{ currency: 'USDT', bots: 1 }] },
    });
    const ann = await connect('ann');
    await expect(ann.subscribe(channel.user('owner', 'balance'))).rejects.toThrow('access_denied');
    const own = await ann.subscribe(channel.user('ann', 'balance'));
    expect(own.pushes).toEqual([]);
  });
});
