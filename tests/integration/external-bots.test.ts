import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotCommand, BotRecordInput } from '#contract/bot-records.ts';
import { channel } from '#contract/channels.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { connectToHub } from '#renderer/client/module.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { type ServeProcess, startServe, temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const INSTRUMENT = 'binance:BTC/USDT';
const TIME = 1_760_000_000_000;
const BOT = 'mm-1';

type Report = { [K in BotRecordInput['kind']]: Extract<BotRecordInput, { kind: K }>['data'] };
type Reply =
  | { ok: true; duplicate: boolean }
  | { ok: false; error: { code: string; message: string } };

const order = (id: string, changes: object = {}) =>
  ({
    ...{ id, instrumentId: INSTRUMENT, type: 'limit', side: 'buy', quantity: '0.5' },
    ...{ limitPrice: '60000', status: 'accepted', filledQuantity: '0' },
    ...{ createdTime: TIME, updatedTime: TIME },
    ...changes,
  }) as Report['order'];

const trade = (id: string, changes: object = {}) =>
  ({
    ...{ id, orderId: 'o1', instrumentId: INSTRUMENT, side: 'buy', quantity: '0.5' },
    ...{ price: '60000', fee: '0.6', feeCurrency: 'USDT', liquidity: 'maker', eventTime: TIME },
    ...changes,
  }) as Report['trade'];

const position = (quantity: string, changes: object = {}) =>
  ({
    ...{ instrumentId: INSTRUMENT, quantity, cost: '30000', averagePrice: '60000' },
    ...{ updatedTime: TIME, ...changes },
  }) as Report['position'];

const MALFORMED: readonly [string, object][] = [
  ['an unknown kind', { kind: 'wish', data: {} }],
  ['a quantity of nothing', { kind: 'trade', data: trade('f1', { quantity: '0.000' }) }],
  ['a price that is a number', { kind: 'trade', data: trade('f1', { price: 60_000 }) }],
  ['an exponent', { kind: 'trade', data: trade('f1', { price: '6e4' }) }],
  [
    'seconds for milliseconds of another age',
    { kind: 'trade', data: trade('f1', { eventTime: -1 }) },
  ],
  ['a field that is not there', { kind: 'position', data: position('1', { leverage: 20 }) }],
  ['an id with a line break', { id: 'a\nb', kind: 'trade', data: trade('f1') }],
  ['a bot with a colon', { botId: 'a:b', kind: 'trade', data: trade('f1') }],
  ['a state that only the hub can tell', { kind: 'status', data: { state: 'silent' } }],
];

class Reporter {
  readonly hub: HubConnection;
  readonly botId: string;

  constructor(hub: HubConnection, botId = BOT) {
    this.hub = hub;
    this.botId = botId;
  }

  send<K extends keyof Report>(id: string, kind: K, data: Report[K]): Promise<Reply> {
    return this.sendRaw({ botId: this.botId, id, kind, data });
  }

  sendRaw(record: unknown): Promise<Reply> {
    return this.hub.socket.timeout(10_000).emitWithAck('bot:publish', record) as Promise<Reply>;
  }
}

describe('an external bot', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let monitor: Monitor;
  let hub: HubConnection;
  let bot: Reporter;

  const start = async (): Promise<void> => {
    monitor = await startTestMonitor({ dataDirectory: directory.path });
    hub = await connectTo(monitor);
    bot = new Reporter(hub);
  };
  const stop = async (): Promise<void> => {
    hub.close();
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

  it('[X4] is listed like a built-in one from its first report on, under strategy external', async () => {
    const created = new Promise((told) => hub.socket.on('bot:subscribed', told));
    expect(
      await bot.send('1', 'log', { level: 'info', message: 'hello', time: TIME } as never),
    ).toEqual({
      ok: true,
      duplicate: false,
    });
    await hub.call('bot:subscribe');
    expect(await created).toContain(BOT);
    const { config, status } = await hub.request('bots.get', { botId: BOT });
    expect(config).toMatchObject({ strategy: 'external', name: BOT });
    expect(status).toMatchObject({ state: 'running', fillCount: 0 });
  });

  it('[X4] appears to who follows all bots as soon as it reports', async () => {
    await hub.call('bot:subscribe');
    const told = new Promise<string[]>((done) => {
      hub.socket.on('bot:subscribed', (ids: string[]) => ids.includes(BOT) && done(ids));
    });
    await bot.send('1', 'status', { state: 'running' });
    expect(await told).toContain(BOT);
  });

  it('[X4][H4] is followed by a page that follows seven hundred, which is not cut off for it', async () => {
    const bots = Array.from({ length: 700 }, (_, index) => new Reporter(hub, `many-${index}`));
    await Promise.all(bots.map((one) => one.send('1', 'status', { state: 'running' })));
    const token = readFileSync(monitor.tokenFile, 'utf8').trim();
    const page = connectToHub({ url: monitor.url, token });
    const states: string[] = [];
    page.onConnection(({ kind }) => states.push(kind));
    const started = new Set<string>();
    for (const { botId } of bots) {
      for (const topic of ['status', 'positions', 'trades', 'orders'] as const) {
        const name = channel.bot(botId, topic);
        page.subscribe(name, { onPush: () => undefined, onStarted: () => started.add(name) });
      }
    }
    await eventually(
      () => started.size,
      (size) => size === 4 * bots.length,
    );
    expect(states).toEqual(['connecting', 'connected']);
    page.stop();
  });

  it('[X4] has its status, fills, orders, position and log where the built-in ones have theirs', async () => {
    await bot.send('1', 'status', {
      ...{ state: 'running', name: 'Market maker', instrumentId: INSTRUMENT },
      ...{ cash: '70000', equity: '100000', realizedPnl: '12.5' },
    } as Report['status']);
    await bot.send('2', 'order', order('o1'));
    await bot.send('3', 'order', order('o2'));
    await bot.send('4', 'order', order('o1', { status: 'filled', filledQuantity: '0.5' }));
    await bot.send('5', 'trade', trade('f1'));
    await bot.send('6', 'position', position('0.5'));
    await bot.send('7', 'log', { level: 'warn', message: 'spread is wide', time: TIME } as never);

    const { config, status, position: held } = await hub.request('bots.get', { botId: BOT });
    expect(config).toMatchObject({ name: 'Market maker', instrumentId: INSTRUMENT });
    expect(status).toMatchObject({
      ...{ state: 'running', cash: '70000', equity: '100000', realizedPnl: '12.5' },
      ...{ openOrders: 1, fillCount: 1, lastFillTime: TIME },
    });
    expect(held).toMatchObject({ instrumentId: INSTRUMENT, quantity: '0.5' });
    const fills = await hub.request('fills.list', { botId: BOT });
    expect(fills.items).toMatchObject([
      { id: 'mm-1:f1', orderId: 'mm-1:o1', quantity: '0.5', price: '60000', realizedPnl: '0' },
    ]);
    expect(await hub.request('fills.why', { fillId: 'mm-1:f1' })).toMatchObject({
      ...{ isReported: true, order: { id: 'mm-1:o1', status: 'filled' }, execution: null },
    });
    const orders = await hub.request('orders.list', { botId: BOT });
    expect(orders.items.map(({ id, status: state }) => [id, state])).toEqual([
      ['mm-1:o2', 'accepted'],
      ['mm-1:o1', 'filled'],
    ]);
    const positions = await hub.request('positions.list', {});
    expect(positions.positions).toContainEqual(expect.objectContaining({ botId: BOT }));
    const logs = await hub.request('bots.logs', { botId: BOT });
    expect(logs.entries).toMatchObject([{ level: 'warn', message: 'spread is wide' }]);
  });

  it('[X4][N1] has a notification for each of its fills', async () => {
    await hub.subscribe(channel.user('owner', 'notifications'));
    const pushed = new Promise<Record<string, unknown>>((done) => {
      hub.socket.on('notification', (one) => one.source.botId === BOT && done(one));
    });
    await bot.send('1', 'trade', trade('f1'));
    expect(await pushed).toMatchObject({
      title: 'Bought 0.5 BTC at 60000',
      source: { botId: BOT, fillId: 'mm-1:f1' },
    });
  });

  it('[B2][X4] reaches its channels in the order in which it reported', async () => {
    await bot.send('first', 'status', { state: 'running' });
    const { channels } = await hub.call<{ channels: { channel: string }[] }>(
      'bot:subscribe:one',
      BOT,
    );
    expect(channels.map((one) => one.channel)).toContain(channel.bot(BOT, 'trades'));
    const seen: string[] = [];
    const done = new Promise<void>((all) => {
      hub.socket.on('bot:trade', ({ trade: { id } }) => {
        seen.push(id);
        if (seen.length === 200) all();
      });
    });
    const ids = Array.from({ length: 200 }, (_, index) => `f${index}`);
    await Promise.all(ids.map((id) => bot.send(id, 'trade', trade(id))));
    await done;
    expect(seen).toEqual(ids.map((id) => `mm-1:${id}`));
  });

  it('[X4] counts a record once, however often and over however many connections it is sent', async () => {
    const other = new Reporter(await connectTo(monitor));
    const replies = await Promise.all([
      bot.send('1', 'trade', trade('f1')),
      bot.send('1', 'trade', trade('f1')),
      other.send('1', 'trade', trade('f1')),
    ]);
    expect(replies.filter((reply) => reply.ok && !reply.duplicate)).toHaveLength(1);
    expect(replies.filter((reply) => reply.ok && reply.duplicate)).toHaveLength(2);
    // The same fill under a new record's id is still the same fill.
    expect(await bot.send('2', 'trade', trade('f1'))).toEqual({ ok: true, duplicate: true });
    expect((await hub.request('fills.list', { botId: BOT })).items).toHaveLength(1);
    expect((await hub.request('bots.get', { botId: BOT })).status.fillCount).toBe(1);
    other.hub.close();
  });

  it('[X4] is there after a restart, silent until it reports again', async () => {
    await bot.send('1', 'status', {
      state: 'running',
      name: 'MM',
      equity: '5',
    } as Report['status']);
    await bot.send('2', 'order', order('o1'));
    await bot.send('3', 'position', position('0.5'));
    await stop();
    await start();
    const before = await hub.request('bots.get', { botId: BOT });
    expect(before.status).toMatchObject({ state: 'silent', equity: '5', openOrders: 1 });
    expect(before.position.quantity).toBe('0.5');
    expect(await bot.send('2', 'order', order('o1'))).toEqual({ ok: true, duplicate: true });
    const after = await hub.request('bots.get', { botId: BOT });
    expect(after.status.state).toBe('running');
  });

  it('[X4] is neither started, stopped nor changed from here, and deleted only once it is still', async () => {
    await bot.send('1', 'status', { state: 'running' });
    await bot.send('2', 'order', order('o1'));
    const refusal = /invalid_state: .*outside of Tapedeck/;
    await expect(hub.request('bots.start', { botId: BOT })).rejects.toThrow(refusal);
    await expect(hub.request('bots.stop', { botId: BOT })).rejects.toThrow(refusal);
    await expect(
      hub.request('bots.update', { botId: BOT, changes: { name: 'Mine' } }),
    ).rejects.toThrow(refusal);
    await expect(hub.request('orders.cancel', { orderId: 'mm-1:o1' })).rejects.toThrow(refusal);
    await expect(hub.request('bots.remove', { botId: BOT })).rejects.toThrow(/invalid_state/);
    await bot.send('3', 'status', { state: 'stopped' });
    expect(await hub.request('bots.remove', { botId: BOT })).toEqual({ botId: BOT });
    expect((await hub.request('orders.list', { botId: BOT })).items).toEqual([]);
  });

  it('[X4] is archived when it is silent, by the request that archives others, and comes back by itself', async () => {
    await bot.send('1', 'status', { state: 'running', name: 'MM' } as Report['status']);
    await bot.send('2', 'position', position('0.5'));
    await expect(hub.request('bots.archive', { botId: BOT })).rejects.toThrow(/still reports/);
    await stop();
    await start();
    const { id: ruleId } = await hub.request('alerts.createRule', {
      ...{ name: 'Silence', severity: 'warning' },
      condition: { kind: 'botState', botId: BOT, states: ['silent'] },
    });
    const fires = async () =>
      (await hub.request('alerts.list', { ruleId, activeOnly: true })).items.length > 0;
    await eventually(fires, Boolean);
    const { config } = await hub.request('bots.archive', { botId: BOT });
    await eventually(fires, (isFiring) => !isFiring);
    expect(config.archivedTime).not.toBeNull();
    const idsOf = async (archived: boolean) =>
      (await hub.request('bots.list', { archived })).bots.map((one) => one.config.id);
    expect([await idsOf(true), (await idsOf(false)).includes(BOT)]).toEqual([[BOT], false]);
    const { positions } = await hub.request('positions.list', {});
    expect(positions.filter(({ botId }) => botId === BOT)).toEqual([]);
    await bot.send('3', 'status', { state: 'running' });
    expect([await idsOf(true), (await idsOf(false)).includes(BOT)]).toEqual([[], true]);
    const { items } = await hub.request('notifications.list', {});
    const told = { title: 'MM reports again', source: { botId: BOT } };
    expect(items).toContainEqual(expect.objectContaining(told));
  });

  const commanded = (to: HubConnection) =>
    new Promise<BotCommand>((told) => to.socket.once('bot:command', told));
  const stoppable = { state: 'running', capabilities: ['stop'] } as Report['status'];

  it('[X4.9] is told to stop where it says that it can, and answers by its status', async () => {
    await bot.send('1', 'status', stoppable);
    const told = commanded(hub);
    const asked = await hub.request('bots.stop', { botId: BOT });
    expect(asked.status).toMatchObject({ state: 'running', capabilities: ['stop'] });
    expect(asked.status.reason).toMatch(/has not answered yet/);
    expect(await told).toEqual({ botId: BOT, command: 'stop', id: expect.any(String) });
    await bot.send('2', 'status', { state: 'stopped' });
    const { status } = await hub.request('bots.get', { botId: BOT });
    expect(status).toMatchObject({ state: 'stopped', reason: null, capabilities: ['stop'] });
    await expect(hub.request('bots.stop', { botId: BOT, position: 'flatten' })).rejects.toThrow(
      /not to close its position/,
    );
    await expect(hub.request('bots.start', { botId: BOT })).rejects.toThrow(/outside of Tapedeck/);
  });

  it('[X4.9] is told when it is back, where it was away when asked, also after restarts', async () => {
    await bot.send('1', 'status', stoppable);
    await stop();
    await start();
    const asked = await hub.request('bots.stop', { botId: BOT });
    expect(asked.status.reason).toMatch(/not connected now/);
    await stop();
    await start();
    const kept = await hub.request('bots.get', { botId: BOT });
    expect(kept.status.reason).toMatch(/not connected now/);
    const other = new Reporter(await connectTo(monitor));
    const told = commanded(other.hub);
    await other.send('2', 'log', { level: 'info', message: 'back', time: TIME } as never);
    expect(await told).toMatchObject({ botId: BOT, command: 'stop' });
    const { status } = await hub.request('bots.get', { botId: BOT });
    expect(status.reason).toMatch(/has not answered yet/);
    other.hub.close();
  });

  it('[X3][X4.9] is told to stop by the kill switch, and for as long as it is engaged', async () => {
    await bot.send('1', 'status', stoppable);
    const told = commanded(hub);
    await hub.request('risk.kill', {});
    const first = await told;
    expect(first).toMatchObject({ botId: BOT, command: 'stop' });
    await bot.send('2', 'status', { state: 'stopped' });
    const again = commanded(hub);
    await bot.send('3', 'status', { state: 'running' });
    expect((await again).id).not.toBe(first.id);
  });

  it('[H2] cannot report in the name of a bot that runs here', async () => {
    const own = await eventually(
      () => hub.request('bots.list', {}),
      ({ bots }) => bots.length > 0,
    );
    const [demo] = own.bots;
    const impostor = new Reporter(hub, demo?.config.id);
    const reply = await impostor.send('1', 'trade', trade('f1'));
    expect(reply).toMatchObject({ ok: false, error: { code: 'access_denied' } });
  });

  it('[H6][X4] is refused with a typed error where a record is malformed, and nothing is kept', async () => {
    for (const [what, record] of MALFORMED) {
      const reply = await bot.sendRaw({ botId: BOT, id: '1', ...record });
      const refusal = { ok: false, error: { code: 'invalid_payload' } };
      expect([what, reply]).toMatchObject([what, refusal]);
      await expect(hub.request('bots.get', { botId: BOT })).rejects.toThrow(/unknown_bot/);
    }
  });
});

describe('a hub that is killed while bots report', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let serve: ServeProcess | undefined;

  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(async () => {
    await serve?.stop('SIGKILL');
    directory.remove();
  });

  const startHub = async (): Promise<HubConnection> => {
    serve = await startServe(['--port', '0', '--data-dir', directory.path]);
    return HubConnection.connect(serve.url, serve.token);
  };

  it('[X4] has every acknowledged record exactly once after a restart and all sent again', async () => {
    const count = 2_500;
    const ids = Array.from({ length: count }, (_, index) => `f${index}`);
    const acknowledged = new Set<string>();
    const hub = await startHub();
    const bots = [new Reporter(hub, 'a'), new Reporter(hub, 'b')];
    const killed = new Promise<void>((done) => hub.socket.once('disconnect', () => done()));
    for (const id of ids) {
      for (const bot of bots) {
        bot
          .send(id, 'trade', trade(id))
          .then((reply) => {
            if (reply.ok) acknowledged.add(`${bot.botId}:${id}`);
            if (acknowledged.size === 500) serve?.stop('SIGKILL');
          })
          // What was under way at the kill is never answered.
          .catch(() => undefined);
      }
    }
    await killed;
    hub.close();
    const atTheKill = new Set(acknowledged);
    expect(atTheKill.size).toBeGreaterThanOrEqual(500);
    expect(atTheKill.size).toBeLessThan(2 * count);

    const again = await startHub();
    for (const { botId } of bots) {
      const kept = await allFills(again, botId);
      expect(new Set(kept).size).toBe(kept.length);
      const missing = ids.filter(
        (id) => atTheKill.has(`${botId}:${id}`) && !kept.includes(`${botId}:${id}`),
      );
      expect(missing).toEqual([]);
      // In order: what is there is a run from the first on.
      expect(kept.toReversed()).toEqual(ids.slice(0, kept.length).map((id) => `${botId}:${id}`));
    }
    for (const { botId } of bots) {
      const bot = new Reporter(
        await HubConnection.connect(serve?.url ?? '', serve?.token ?? ''),
        botId,
      );
      await sendAll(ids, (id) => bot.send(id, 'trade', trade(id)));
      const kept = await allFills(again, botId);
      expect(kept.toReversed()).toEqual(ids.map((id) => `${botId}:${id}`));
      expect((await again.request('bots.get', { botId })).status.fillCount).toBe(count);
      bot.hub.close();
    }
    again.close();
  }, 60_000);
});

/** A few hundred under way at a time. */
async function sendAll(
  ids: readonly string[],
  send: (id: string) => Promise<Reply>,
): Promise<void> {
  for (let from = 0; from < ids.length; from += 250) {
    const replies = await Promise.all(ids.slice(from, from + 250).map(send));
    expect(replies.filter(({ ok }) => !ok)).toEqual([]);
  }
}

/** Newest first. */
async function allFills(hub: HubConnection, botId: string): Promise<string[]> {
  const ids: string[] = [];
  let before: string | undefined;
  do {
    const page = await hub.request('fills.list', {
      botId,
      limit: 1_000,
      ...(before && { before }),
    });
    ids.push(...page.items.map(({ id }) => id));
    before = page.nextBefore ?? undefined;
  } while (before !== undefined);
  return ids;
}
