import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { createLogbook } from '#main/telemetry/log.ts';
import { eventually, HubConnection } from '#tests/support/hub-connection.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { connectTo, startTestMonitor } from '#tests/support/test-monitor.ts';

describe('a look into the hub', () => {
  const directory = temporaryDirectory();
  const { log, keepIn } = createLogbook('info', { write: () => undefined });
  let monitor: Monitor;
  let owner: HubConnection;
  const others: HubConnection[] = [];

  beforeAll(async () => {
    monitor = await startTestMonitor({
      dataDirectory: directory.path,
      feeds: ['demo'],
      log,
      keepLog: keepIn,
    });
    owner = await connectTo(monitor);
    const { token } = await owner.request('tokens.issue', {
      userId: 'reader',
      scopes: ['read'],
      expiresInSeconds: 600,
    });
    for (let count = 0; count < 3; count++) {
      others.push(await HubConnection.connect(monitor.url, token));
    }
    await others[0]?.subscribe(channel.publicPrice);
    await others[1]?.subscribe(channel.publicPrice);
  });
  afterAll(async () => {
    for (const one of [owner, ...others]) one.close();
    await monitor.close();
    directory.remove();
  });

  it('tells who is connected, a page at a time', async () => {
    const first = await owner.request('hub.clients', { limit: 2 });
    expect(first).toMatchObject({ total: 4, items: [{ userId: 'owner' }, { userId: 'reader' }] });
    const rest = await owner.request('hub.clients', { limit: 2, after: first.next ?? '' });
    expect(rest).toMatchObject({ total: 4, next: null });
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(4);
    const found = await owner.request('hub.clients', { search: 'READ' });
    expect(found.items).toHaveLength(3);
    expect(found.items[0]).toMatchObject({
      ...{ scopes: ['read'], transport: 'websocket', subscriptions: 1 },
      ...{ isHidden: false, isBehind: false },
    });
  });

  it('tells what is listened to, by how many', async () => {
    const { items, total } = await eventually(
      () => owner.request('hub.channels', { search: 'price' }),
      ({ items: [price] }) => (price?.offset ?? 0) > 0,
    );
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ channel: 'price:public', kind: 'latest', subscribers: 2 });
    const named = await owner.request('hub.channels', { orderBy: 'channel', isDescending: false });
    const names = named.items.map((one) => one.channel);
    expect(names.length).toBeGreaterThan(1);
    expect(names).toEqual(names.toSorted());
  });

  it('reads the log', async () => {
    const { items } = await owner.request('logs.list', { search: 'Tapedeck starts' });
    expect(items).toMatchObject([{ level: 'info', fields: { mode: 'serve', pid: process.pid } }]);
    expect((await owner.request('logs.list', { level: 'error' })).items).toEqual([]);
  });

  it.each([
    ['hub.clients', 'x'],
    ['hub.clients', '-1'],
    ['logs.list', 'x'],
    ['logs.list', '1'],
  ] as const)('[H6] refuses in %s a place that no page named: %s', async (method, after) => {
    await expect(owner.request(method, { after })).rejects.toThrow('invalid_payload');
  });

  it('[H2] is the owner’s alone', async () => {
    for (const method of ['hub.clients', 'hub.channels', 'logs.list'] as const) {
      await expect(others[0]?.request(method, {})).rejects.toThrow(/Access denied/);
    }
  });
});
