import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { SubscribeReply } from '#contract/client-events.ts';
import type { Push, PushPayload } from '#contract/pushes.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Price } from '#domain/units.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const SOURCE = 'replay:BTC/USDT' as InstrumentId;
const cross = (level: number) =>
  ({ kind: 'priceCross', instrumentId: SOURCE, level: level as Price, direction: 'up' }) as const;
const A_DAY = 86_400_000;
/** Crossed upwards twelve times in the recording; the last price is above it. */
const FLAPPED = 61_683;
/** Crossed upwards once, for good: the price comes from the lowest of the recording. */
const LASTING = 61_603;

const alertsIn = (pushes: readonly Push[]) =>
  pushes.flatMap((push) => (push.event === 'alert' ? [push.payload] : []));
const outline = ({ ruleName, state, value }: PushPayload<'alert'>) =>
  `${ruleName} ${state} ${value}`;

describe.skipIf(!hasRecordings)(`alerts on recorded trades${needsRecordings}`, () => {
  let directory: TemporaryDirectory;
  let monitor: Monitor;
  let hub: HubConnection;
  let start: SubscribeReply;

  const open = async () => {
    monitor = await startTestMonitor({ dataDirectory: directory.path });
    hub = await connectTo(monitor);
  };
  beforeAll(async () => {
    directory = temporaryDirectory();
    await open();
    await hub.request('alerts.setPolicy', { groupWaitMs: 0 });
    for (const [name, level] of [
      ['flapped', FLAPPED],
      ['lasting', LASTING],
    ] as const) {
      await hub.request('alerts.createRule', {
        ...{ name, condition: cross(level), severity: 'warning', cooldownMs: A_DAY },
      });
    }
    start = await hub.subscribe(channel.alerts);
    const { id } = await hub.request('feeds.add', { spec: `replay:${SPOT_BTCUSDT}@max` });
    await eventually(
      async () => (await hub.request('feeds.list', {})).feeds.find((feed) => feed.id === id),
      (feed) => feed?.state.kind === 'ended',
    );
    await hub.request('feeds.remove', { feedId: id });
  });
  afterAll(async () => {
    hub.close();
    await monitor.close();
    directory.remove();
  });

  /** The price of the trade that first reached the level from below, by the tape. */
  const firstCrossing = async (level: number) => {
    const { trades } = await hub.request('trades.get', { instrumentId: SOURCE, limit: 50_000 });
    const below = trades.findIndex(({ price }) => price < level);
    return trades.slice(below).find(({ price }) => price >= level)?.price;
  };

  const notified = async () => {
    const { items } = await hub.request('notifications.list', {});
    return items.filter(({ kind }) => kind === 'alert');
  };

  it('[A1] a crossing fires once, is over when the price falls back, and is on disk', async () => {
    const { items } = await hub.request('alerts.list', {});
    expect(items.map(({ ruleName, state }) => `${ruleName} ${state}`).toSorted()).toEqual([
      'flapped resolved',
      'lasting firing',
    ]);
    const lasting = items.find(({ ruleName }) => ruleName === 'lasting');
    expect(lasting).toMatchObject({
      labels: { instrument: SOURCE, exchange: 'replay', direction: 'up', kind: 'priceCross' },
      condition: cross(LASTING),
    });
    expect(lasting?.value).toBeGreaterThanOrEqual(LASTING);
    // The market's time, not the machine's: the recording is of 2024.
    expect(new Date(lasting?.marketTime ?? 0).toISOString()).toMatch(/^2024-08-08T23:5/);
    const active = await hub.request('alerts.list', { activeOnly: true });
    expect(active.items).toEqual([lasting]);
  });

  it('[A3] each is told once, by a notification and in the log of deliveries', async () => {
    const told = await notified();
    expect(told.map(({ title, severity, sound }) => ({ title, severity, sound }))).toEqual(
      expect.arrayContaining([
        { title: 'flapped', severity: 'warning', sound: true },
        { title: 'lasting', severity: 'warning', sound: true },
      ]),
    );
    expect(told).toHaveLength(2);
    expect(told[0]?.body).toMatch(/^BTC\/USDT rose to 61,6\d3$/);
    const { deliveries } = await hub.request('alerts.deliveries', {});
    expect(deliveries.map(({ routeId, error }) => ({ routeId, error }))).toEqual([
      { routeId: 'inApp', error: null },
      { routeId: 'inApp', error: null },
    ]);
  });

  it('[B5] the channel gives back every change in order, also after a restart', async () => {
    const since = { epoch: start.epoch, offset: start.offset };
    const recovered = () =>
      hub.call<SubscribeReply>('subscribe', { channel: channel.alerts, since });
    const before = await recovered();
    expect(before.recovered).toBe(true);
    const changes = alertsIn(before.pushes);
    expect(changes.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const price = await firstCrossing(FLAPPED);
    expect(changes.map(outline).filter((line) => line.startsWith('flapped'))).toEqual([
      `flapped firing ${price}`,
      `flapped resolved ${price}`,
    ]);
    hub.close();
    await monitor.close();
    await open();
    const after = await recovered();
    expect(after).toMatchObject({ epoch: start.epoch, recovered: true });
    expect(alertsIn(after.pushes)).toEqual(changes);
  });

  it('[A10] after a restart what fires still fires, and is neither told nor fired again', async () => {
    const { items } = await hub.request('alerts.list', { activeOnly: true });
    expect(items.map(({ ruleName }) => ruleName)).toEqual(['lasting']);
    const acknowledged = new Promise<PushPayload<'alert'>>((resolve) => {
      hub.socket.once('alert', resolve);
    });
    const { alerts } = await hub.request('alerts.acknowledge', {});
    expect(alerts).toHaveLength(1);
    expect((await acknowledged).acknowledgedTime).toBe(alerts[0]?.acknowledgedTime);
    expect(await notified()).toHaveLength(2);
    expect((await hub.request('alerts.list', {})).items).toHaveLength(2);
  });

  it('[H2] who reaches only some bots neither sees nor changes alerts', async () => {
    const { token } = await hub.request('tokens.issue', {
      ...{ userId: 'guest', scopes: ['read', 'trade'], botIds: ['b1'], expiresInSeconds: 60 },
    });
    const guest = await HubConnection.connect(monitor.url, token);
    await expect(guest.request('alerts.list', {})).rejects.toThrow('access_denied');
    await expect(guest.request('alerts.acknowledge', {})).rejects.toThrow('access_denied');
    for (const name of [channel.alerts, channel.alertRules]) {
      await expect(guest.subscribe(name)).rejects.toThrow('access_denied');
    }
    guest.close();
  });

  it('by REST: rules, silences, a test and the policy', async () => {
    const authorization = `Bearer ${readFileSync(monitor.tokenFile, 'utf8').trim()}`;
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${monitor.url}/api/v1/alerts${path}`, {
        method,
        headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return [response.status, (await response.json()) as { id?: string }] as const;
    };
    const [created, rule] = await call('POST', '/rules', {
      name: 'Wide',
      condition: { kind: 'spread', instrumentId: SOURCE, aboveBps: 5 },
    });
    expect([created, rule]).toMatchObject([201, { severity: 'info', cooldownMs: 60_000 }]);
    const path = `/rules/${rule.id}`;
    expect(await call('PATCH', path, { severity: 'critical' })).toMatchObject([
      ...[200, { severity: 'critical', name: 'Wide' }],
    ]);
    expect(await call('POST', `${path}/test`)).toMatchObject([200, { isTest: true }]);
    expect((await notified())[0]).toMatchObject({ title: 'Test: Wide', severity: 'critical' });
    const [, silence] = await call('POST', '/silences', {
      ...{ matchers: { rule: rule.id }, durationMs: 60_000 },
    });
    expect(await call('GET', '/silences')).toMatchObject([200, { silences: [silence] }]);
    expect(await call('DELETE', `/silences/${silence.id}`)).toMatchObject([200, {}]);
    expect(await call('DELETE', path)).toMatchObject([200, { ruleId: rule.id }]);
    expect(await call('DELETE', '/rules/hub-latency')).toMatchObject([409, {}]);
    expect(await call('PATCH', '/policy', { groupBy: ['nonsense'] })).toMatchObject([400, {}]);
    const bad = { name: 'x', condition: { kind: 'priceCross', instrumentId: 'x', level: 1 } };
    expect(await call('POST', '/rules', bad)).toMatchObject([400, {}]);
    expect(await call('POST', '/silences', { matchers: {}, durationMs: 60_000 })).toMatchObject([
      ...[400, {}],
    ]);
  });
});
