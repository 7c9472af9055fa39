import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { SubscribeReply } from '#contract/client-events.ts';
import { type PushPayload, pushSchemas } from '#contract/pushes.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const CHANNEL = channel.user('owner', 'notifications');
type Told = PushPayload<'notification:read'>;

describe('that a notification was read', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let monitor: Monitor;
  const connections: HubConnection[] = [];

  const open = async (): Promise<HubConnection> => {
    const hub = await connectTo(monitor);
    connections.push(hub);
    return hub;
  };
  const stop = async () => {
    for (const hub of connections.splice(0)) hub.close();
    await monitor.close();
  };
  beforeEach(async () => {
    directory = temporaryDirectory();
    monitor = await startTestMonitor({ dataDirectory: directory.path });
    await silenceBots(await open());
  });
  afterEach(async () => {
    await stop();
    directory.remove();
  });

  /** Nothing is told from now on but what a test says: the demo's bot would tell of its fills. */
  async function silenceBots(hub: HubConnection): Promise<void> {
    for (const { config } of (await hub.request('bots.list', {})).bots) {
      const botId = config.id;
      await hub.request('bots.stop', { botId });
      await hub.request('bots.remove', { botId });
    }
    await hub.request('notifications.markRead', {});
  }

  /** Announcements stand in the owner's notification centre, each unread. Answers their ids there. */
  async function announce(hub: HubConnection, ...titles: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const title of titles) {
      ids.push(`announcement-${(await hub.request('announcements.send', { title })).id}`);
    }
    return ids;
  }
  async function listen(hub: HubConnection): Promise<Told[]> {
    const told: Told[] = [];
    hub.socket.on('notification:read', (push: Told) => told.push(push));
    await hub.call('subscribe', { channel: CHANNEL });
    return told;
  }

  it('[B2] is told to every window of the user at once, in order, and once', async () => {
    const [one, other] = [await open(), await open()];
    const [first = '', second = ''] = await announce(one, 'First', 'Second', 'Third');
    const told = await listen(other);
    expect(await one.request('notifications.markRead', { ids: [first, second] })).toEqual({
      unread: 1,
    });
    // What was read already is no news.
    await one.request('notifications.markRead', { ids: [first] });
    expect(await one.request('notifications.markRead', {})).toEqual({ unread: 0 });
    await one.request('notifications.markRead', {});
    await announce(one, 'Fourth');
    await one.request('notifications.markRead', {});
    await eventually(
      () => told,
      ({ length }) => length === 3,
    );
    expect(told.map(({ ids, unread }) => [ids, unread])).toEqual([
      [[first, second], 1],
      [null, 0],
      [null, 0],
    ]);
    expect(pushSchemas['notification:read'].strict().parse(told[0])).toEqual(told[0]);
  });

  it('[B5] is given to a window that comes back, also over a restart', async () => {
    const hub = await open();
    const [first = ''] = await announce(hub, 'First', 'Second');
    const { epoch, offset } = await hub.call<SubscribeReply>('subscribe', { channel: CHANNEL });
    hub.close();
    const meanwhile = await open();
    await meanwhile.request('notifications.markRead', { ids: [first] });
    await stop();
    monitor = await startTestMonitor({ dataDirectory: directory.path });
    const back = await open();
    const since = { epoch, offset };
    const reply = await back.call<SubscribeReply>('subscribe', { channel: CHANNEL, since });
    expect(reply).toMatchObject({ recovered: true, offset: offset + 1 });
    expect(reply.pushes).toMatchObject([
      { event: 'notification:read', payload: { ids: [first], unread: 1, seq: offset + 1 } },
    ]);
  });

  it('[H2] is nobody else’s to say', async () => {
    const owner = await open();
    await announce(owner, 'First');
    const told = await listen(owner);
    const { token } = await owner.request('tokens.issue', {
      ...{ userId: 'ann', scopes: ['read'], expiresInSeconds: 60 },
    });
    const ann = await HubConnection.connect(monitor.url, token);
    connections.push(ann);
    await ann.request('notifications.markRead', {});
    await announce(owner, 'Second');
    expect(await owner.request('notifications.markRead', {})).toEqual({ unread: 0 });
    await eventually(
      () => told,
      ({ length }) => length > 0,
    );
    expect(told.map(({ ids }) => ids)).toEqual([null]);
    expect((await owner.request('notifications.list', {})).unread).toBe(0);
  });
});
