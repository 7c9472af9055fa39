import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Result } from '#contract/errors.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Notification } from '#domain/notification.ts';
import { isOpen, ORDER_STATUSES, type Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import type { EpochMs } from '#domain/units.ts';
import { PLAIN_RUNTIME, PLAIN_SETTINGS } from '#tests/fakes/stored-bot.ts';
import { KEPT_LOG_ENTRIES } from './bot-log-repository.ts';
import type { BotRecord } from './bot-repository.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { Page } from './paged-table.ts';
import type { RowDamage } from './rows.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const ETH = instrumentId('demo', 'ETH/USDT');
const T0 = 1_723_161_255_000;
const money = (text: string) => text as DecimalString;
const time = (offset: number) => (T0 + offset) as EpochMs;

const bot = (id: string, createdTime = time(0)): BotRecord => ({
  config: {
    id,
    name: `Grid ${id}`,
    strategy: 'grid',
    instrumentId: BTC,
    params: { levels: 10, spacing: '0.5', nested: { deep: [1, null] } },
    initialCash: money('10000.00'),
    makerFeeBps: -0.5,
    takerFeeBps: 7.5,
    ...PLAIN_SETTINGS,
    createdTime,
  },
  runtime: {
    botId: id,
    state: 'running',
    error: null,
    cash: money('9999.999999999999999999'),
    fillCount: 0,
    lastFillTime: null,
    strategyState: null,
    orderSequence: 0,
    ...PLAIN_RUNTIME,
  },
});
const order = (id: string, changes: Partial<Order> = {}): Order => ({
  id,
  botId: 'a',
  instrumentId: BTC,
  type: 'limit',
  side: 'buy',
  quantity: money('0.10'),
  limitPrice: money('61837.63000000'),
  triggerPrice: null,
  trailingOffset: null,
  triggeredTime: null,
  timeInForce: 'gtc',
  postOnly: false,
  reduceOnly: false,
  ocoGroup: null,
  why: null,
  status: 'accepted',
  filledQuantity: money('0'),
  reason: null,
  createdTime: time(0),
  updatedTime: time(0),
  ...changes,
});
const fill = (id: string, changes: Partial<Fill> = {}): Fill => ({
  id,
  botId: 'a',
  orderId: 'o1',
  instrumentId: BTC,
  side: 'sell',
  quantity: money('0.1'),
  price: money('61837.630000000000000001'),
  fee: money('-0.000000000000000001'),
  feeCurrency: 'USDT',
  liquidity: 'maker',
  realizedPnl: money('-12.50'),
  eventTime: time(0),
  ...changes,
});
const position = (botId: string, changes: Partial<Position> = {}): Position => ({
  botId,
  instrumentId: BTC,
  quantity: money('-0.3'),
  cost: money('-18551.289'),
  averagePrice: money('61837.63'),
  realizedPnl: money('0'),
  fees: money('1.2'),
  updatedTime: time(0),
  ...changes,
});
const notification = (id: string, changes: Partial<Notification> = {}): Notification => ({
  id,
  kind: 'fill',
  severity: 'info',
  title: 'Sold 0.1 BTC',
  body: 'at 61,837.63',
  source: { botId: 'a', fillId: 'f1' },
  read: false,
  createdTime: time(0),
  ...changes,
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('ledger', () => {
  let root: string;
  let path: string;
  let damages: RowDamage[];
  let ledger: Ledger;

  const open = () => unwrap(openLedger(path, { onDamage: (damage) => damages.push(damage) }));
  const reopen = () => {
    ledger.close();
    ledger = open();
  };
  /** Changes the file behind the ledger's back. */
  const tamper = (sql: string) => {
    ledger.close();
    const database = new Database(path);
    database.exec(sql);
    database.close();
    ledger = open();
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-ledger-'));
    path = join(root, 'ledger.db');
    damages = [];
    ledger = open();
    ledger.bots.insert(bot('a'));
  });
  afterEach(() => {
    ledger.close();
    rmSync(root, { recursive: true });
    expect(damages).toEqual([]);
  });

  it('[X2] keeps a bot as it was, across a restart', () => {
    const config = {
      ...bot('a').config,
      ...{ name: 'Renamed', params: { levels: 3 }, latencyMs: 25, slippageBps: 1.5, leverage: 3 },
      limits: { ...DEFAULT_LIMITS, maxDailyLoss: money('50.5'), atDailyLoss: 'flatten' as const },
      schedule: { days: [1, 5], from: '09:00', to: '17:30', timeZone: 'Europe/Berlin' },
      archivedTime: time(9),
    };
    const runtime = {
      botId: 'a',
      state: 'error' as const,
      pausedBy: null,
      error: 'It divided by zero.',
      reason: 'It has failed.',
      isClosing: true,
      performance: {
        ...{ peakPnl: money('5'), maxDrawdown: money('7.25') },
        ...{ dayTime: time(0), dayStartPnl: money('-1') },
      },
      cash: money('-1.10'),
      fillCount: 12,
      lastFillTime: time(5),
      strategyState: '{"grid":[1,2]}',
      accountState: '{"queues":{}}',
      orderSequence: 77,
    };
    expect(ledger.bots.updateConfig(config)).toBe(true);
    expect(ledger.bots.saveRuntime(runtime)).toBe(true);
    ledger.bots.insert(bot('b', time(-1)));
    reopen();
    expect(ledger.bots.get('a')).toEqual({ config, runtime });
    expect(ledger.bots.list()).toEqual([bot('b', time(-1)), { config, runtime }]);
    expect(ledger.bots.get('nobody')).toBeNull();
    expect(ledger.bots.saveRuntime({ ...runtime, botId: 'nobody' })).toBe(false);
    expect(ledger.bots.remove('nobody')).toBe(false);
  });

  it('removes a bot with its orders, fills, positions and logs, and no other', () => {
    ledger.bots.insert(bot('b'));
    for (const botId of ['a', 'b']) {
      ledger.orders.upsert(order(`o-${botId}`, { botId }));
      ledger.fills.insert(fill(`f-${botId}`, { botId }));
      ledger.positions.upsert(position(botId));
      ledger.botLogs.append({ botId, level: 'info', message: 'hello', time: time(0) });
    }
    expect(ledger.bots.remove('a')).toBe(true);
    reopen();
    expect(ledger.bots.list().map(({ config }) => config.id)).toEqual(['b']);
    expect(ledger.orders.get('o-a')).toBeNull();
    expect(ledger.orders.get('o-b')).not.toBeNull();
    expect(ledger.fills.count()).toBe(1);
    expect(ledger.positions.list()).toEqual([position('b')]);
    expect(ledger.botLogs.list('a', 10)).toEqual([]);
    expect(ledger.botLogs.list('b', 10)).toHaveLength(1);
  });

  it('keeps decimals to the digit, trailing zeros too', () => {
    ledger.orders.upsert(order('o1'));
    ledger.fills.insert(fill('f1'));
    ledger.positions.upsert(position('a'));
    ledger.positions.upsert(position('a', { instrumentId: ETH, averagePrice: null }));
    reopen();
    expect(ledger.orders.get('o1')).toEqual(order('o1'));
    const stop = order('o2', {
      ...{ type: 'trailingStop', limitPrice: null, trailingOffset: money('150'), postOnly: true },
      ...{ reduceOnly: true, ocoGroup: 'exit', why: 'keeps what was won', timeInForce: 'ioc' },
    });
    ledger.orders.upsert(stop);
    const reached = { ...stop, triggerPrice: money('61000.5'), triggeredTime: time(9) };
    ledger.orders.upsert(reached);
    expect(ledger.orders.get('o2')).toEqual(reached);
    expect(ledger.fills.get('f1')).toEqual(fill('f1'));
    expect(ledger.positions.get('a', BTC)).toEqual(position('a'));
    expect(ledger.positions.list()).toHaveLength(2);
    expect(ledger.positions.get('a', instrumentId('demo', 'X'))).toBeNull();
  });

  it('[X2] never holds a fill twice', () => {
    ledger.fills.insert(fill('f1'));
    expect(() => ledger.fills.insert(fill('f1', { quantity: money('9') }))).toThrow('UNIQUE');
    expect(ledger.fills.count('a')).toBe(1);
    expect(ledger.fills.get('f1')).toEqual(fill('f1'));
  });

  it('refuses to write what could not be read back', () => {
    expect(() => ledger.fills.insert(fill('f1', { price: money('1e3') }))).toThrow('Invariant');
    expect(ledger.fills.count()).toBe(0);
  });

  it('lists the open orders, oldest first, whatever the status', () => {
    ORDER_STATUSES.forEach((status, index) => {
      ledger.orders.upsert(order(`o${index}`, { status, createdTime: time(-index) }));
    });
    const expected = ORDER_STATUSES.map((status, index) => order(`o${index}`, { status }))
      .filter(isOpen)
      .map(({ id }) => id)
      .reverse();
    expect(ledger.orders.open('a').map(({ id }) => id)).toEqual(expected);
    expect(ledger.orders.open('nobody')).toEqual([]);
    const listed = unwrap(ledger.orders.list({ openOnly: true, limit: 10 }));
    expect(listed.items.map(({ id }) => id)).toEqual([...expected].reverse());
    ledger.orders.upsert(order('o0', { status: 'filled', filledQuantity: money('0.10') }));
    expect(ledger.orders.open('a').map(({ id }) => id)).not.toContain('o0');
  });

  it('pages newest first through everything once, equal times and new arrivals or not', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `f${index}`);
    ids.forEach((id, index) => {
      ledger.fills.insert(fill(id, { eventTime: time(Math.floor(index / 7) + 0.5) }));
    });
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page: Page<Fill> = unwrap(ledger.fills.list({ limit: 10, before }));
      seen.push(...page.items.map(({ id }) => id));
      ledger.fills.insert(fill(`later-${seen.length}`, { eventTime: time(100) }));
      before = page.nextBefore ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(ids.reverse());
  });

  it('filters by bot and by instrument', () => {
    ledger.bots.insert(bot('b'));
    ledger.fills.insert(fill('1'));
    ledger.fills.insert(fill('2', { instrumentId: ETH }));
    ledger.fills.insert(fill('3', { botId: 'b', instrumentId: ETH }));
    const list = (filter: { botId?: string; instrumentId?: string }) =>
      unwrap(ledger.fills.list({ limit: 9, ...filter })).items.map(({ id }) => id);
    expect(list({})).toEqual(['3', '2', '1']);
    expect(list({ botId: 'a' })).toEqual(['2', '1']);
    expect(list({ instrumentId: ETH })).toEqual(['3', '2']);
    expect(list({ botId: 'a', instrumentId: ETH })).toEqual(['2']);
  });

  it.each(['', 'x', '1', '1_', '1_2_3', "1_2' OR 1", '-1_2'])(
    '[H6] answers the cursor %j with a failure',
    (before) => {
      for (const list of [ledger.fills.list, ledger.orders.list, ledger.notifications.list])
        expect(list({ limit: 5, before })).toMatchObject({
          ok: false,
          error: { code: 'invalid_payload' },
        });
    },
  );

  it('keeps notifications, read and unread', () => {
    ['n1', 'n2', 'n3'].forEach((id, index) => {
      ledger.notifications.insert(notification(id, { createdTime: time(index) }));
    });
    ledger.notifications.insert(notification('n4', { read: true, source: {} }));
    expect(ledger.notifications.unreadCount()).toBe(3);
    expect(ledger.notifications.markRead(['n1', 'n1', 'n4', 'nobody'])).toBe(1);
    reopen();
    const unread = unwrap(ledger.notifications.list({ unreadOnly: true, limit: 10 }));
    expect(unread.items).toEqual([
      notification('n3', { createdTime: time(2) }),
      notification('n2', { createdTime: time(1) }),
    ]);
    expect(ledger.notifications.markRead('all')).toBe(2);
    expect(ledger.notifications.unreadCount()).toBe(0);
    expect(unwrap(ledger.notifications.list({ limit: 10 })).items).toHaveLength(4);
  });

  it('keeps the last 5,000 log entries of each bot', () => {
    ledger.bots.insert(bot('b'));
    ledger.botLogs.append({ botId: 'b', level: 'warn', message: 'other', time: time(0) });
    ledger.transaction(() => {
      for (let count = 1; count <= 5_200; count++)
        ledger.botLogs.append({
          botId: 'a',
          level: 'info',
          message: `${count}`,
          time: time(count),
        });
    });
    expect(ledger.botLogs.list('a', 2).map(({ message }) => message)).toEqual(['5200', '5199']);
    const all = ledger.botLogs.list('a', 100_000);
    expect(all).toHaveLength(KEPT_LOG_ENTRIES);
    expect(all.at(-1)?.message).toBe('201');
    expect(ledger.botLogs.list('b', 10)).toHaveLength(1);
    reopen();
    const onDisk = new Database(path, { readonly: true });
    const rows = onDisk.prepare("SELECT count(*) FROM bot_logs WHERE bot_id = 'a'").pluck().get();
    onDisk.close();
    expect(rows).toBeLessThan(KEPT_LOG_ENTRIES + 64);
  });

  it('keeps settings', () => {
    const schema = z.object({ dark: z.boolean() });
    expect(ledger.settings.get('theme', schema)).toBeNull();
    ledger.settings.set('theme', { dark: true });
    reopen();
    expect(ledger.settings.get('theme', schema)).toEqual({ dark: true });
    expect(ledger.settings.remove('theme')).toBe(true);
    expect(ledger.settings.get('theme', schema)).toBeNull();
  });

  it('does all of a transaction or nothing, nested or not', () => {
    const broken = () =>
      ledger.transaction(() => {
        ledger.orders.upsert(order('o1'));
        ledger.transaction(() => ledger.fills.insert(fill('f1')));
        throw new Error('died half way');
      });
    expect(broken).toThrow('died half way');
    expect([ledger.orders.get('o1'), ledger.fills.count()]).toEqual([null, 0]);
    expect(ledger.transaction(() => 5)).toBe(5);
  });

  it('says whether it can be read', () => {
    ledger.checkpoint();
    expect(ledger.isOk()).toBe(true);
    ledger.close();
    expect(ledger.isOk()).toBe(false);
    ledger.close();
  });

  it('reports a damaged row, leaves it, and gives the others', () => {
    ledger.fills.insert(fill('f1'));
    ledger.fills.insert(fill('f2'));
    ledger.notifications.insert(notification('n1'));
    ledger.settings.set('theme', { dark: true });
    tamper(`UPDATE fills SET price = 'a lot' WHERE id = 'f1';
      UPDATE notifications SET source = '{' WHERE id = 'n1';
      UPDATE settings SET value = 'dark';`);
    expect(unwrap(ledger.fills.list({ limit: 9 })).items).toEqual([fill('f2')]);
    expect(unwrap(ledger.notifications.list({ limit: 9 })).items).toEqual([]);
    expect(ledger.settings.get('theme', z.object({ dark: z.boolean() }))).toBeNull();
    expect(damages.map(({ table }) => table)).toEqual(['fills', 'notifications', 'settings']);
    expect(damages[0]?.reason).toBe('price: not a decimal in plain notation');
    expect(ledger.fills.count()).toBe(2);
    damages = [];
  });

  it('shows a bot whose memory is damaged as failed rather than run it without', () => {
    ledger.bots.insert(bot('b', time(1)));
    tamper(`UPDATE bots SET strategy_state = '{"grid":' WHERE id = 'a';
      UPDATE bots SET params = '[]' WHERE id = 'b';`);
    expect(ledger.bots.list().map(({ runtime }) => runtime)).toMatchObject([
      { botId: 'a', state: 'error', error: 'Its stored state cannot be read.' },
      { botId: 'b', state: 'error', error: 'Its stored parameters cannot be read.' },
    ]);
    expect(damages).toHaveLength(2);
    damages = [];
  });
});
