import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AlertCondition } from '#domain/alert-rule.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const STEP_MS = 250;
const BTC = instrumentId('demo', 'BTC/USDT');
/** Of which some is met, and over, all the time. */
const CONDITIONS: readonly AlertCondition[] = [
  { kind: 'priceMove', instrumentId: BTC, percent: 0.01, direction: 'up', windowMs: 5_000 },
  { kind: 'spread', instrumentId: BTC, aboveBps: 0.02 },
  { kind: 'botState', botId: null, states: ['error', 'silent'] },
];

/** Lets the ledger's connections refuse every write, as on a full disk, and take them again. */
class LedgerSwitch {
  readonly #connections = new Set<Database.Database>();

  constructor() {
    const { pragma } = Database.prototype;
    const known = this.#connections;
    vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
      this: Database.Database,
      ...given
    ) {
      if (this.name.endsWith('ledger.db')) known.add(this);
      return pragma.apply(this, given);
    });
  }

  set(isWritable: boolean): void {
    for (const one of this.#connections) {
      if (one.open && !one.readonly) one.pragma(`query_only = ${isWritable ? 'OFF' : 'ON'}`);
    }
  }
}

describe('a ledger that cannot be written for a while', () => {
  const directory = temporaryDirectory();
  const ledger = new LedgerSwitch();
  const clock = new FakeClock();
  let monitor: Monitor;
  let owner: HubConnection;

  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      clock.advance(STEP_MS);
      await turn();
    }
  };
  /** What is written in groups waits for the clock. */
  const whilePassing = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    work.then(end, end);
    while (!isOver) await pass(STEP_MS);
    return work;
  };
  const health = async () => {
    const response = await fetch(new URL('/health', monitor.url));
    const { database } = (await response.json()) as { database: string };
    return [response.status, database];
  };
  const metrics = async () => {
    const { pushes } = await owner.subscribe('admin');
    await owner.call('unsubscribe', { channel: 'admin' });
    return pushes.at(-1)?.payload;
  };
  const botState = async () => {
    const { bots } = await owner.request('bots.list', {});
    return bots.find(({ config }) => config.strategy === 'grid')?.status;
  };

  beforeAll(async () => {
    monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: ['demo'], clock });
    owner = await connectTo(monitor);
    for (const condition of CONDITIONS) {
      const name = condition.kind;
      await owner.request('alerts.createRule', { name, condition, cooldownMs: 1_000 });
    }
    const data = { state: 'running', capabilities: ['stop'] };
    const record = { id: 'r1', botId: 'far', kind: 'status', data };
    await whilePassing(owner.call('bot:publish', record));
    await pass(30_000);
  });
  afterAll(async () => {
    owner.close();
    directory.remove();
    vi.restoreAllMocks();
  });

  it('[X2] stops the bots, and leaves the monitor running', async () => {
    expect([await health(), (await botState())?.state]).toEqual([[200, 'ok'], 'running']);
    const { token } = await owner.request('tokens.issue', {
      ...{ userId: 'guest', scopes: ['read'], expiresInSeconds: 3_600 },
    });
    const heard: string[] = [];
    const deaf = monitor.onNotification(({ title }) => heard.push(title));
    ledger.set(false);
    await pass(300_000);
    expect(await botState()).toMatchObject({
      ...{ state: 'error' },
      error:
        'The ledger could not be written. ledger.db is read-only: make it and its folder writable. Then start the bot again.',
    });
    expect(await health()).toEqual([503, 'failed']);
    expect(await metrics()).toMatchObject({
      ledgerFailure: expect.stringContaining('ledger.db is read-only'),
    });
    deaf();
    expect(heard).toContain('Demo grid stopped with an error');
    const refused = owner.request('alerts.createRule', {
      ...{ name: 'another', condition: CONDITIONS[1] as AlertCondition },
    });
    await expect(refused).rejects.toThrow('ledger.db is read-only');
    await owner.call('desk:join', { room: 'lobby' });
    (await HubConnection.connect(monitor.url, token)).close();
    const killed = owner.request('risk.kill', { flatten: false, reason: 'enough' });
    await expect(killed).rejects.toThrow('unavailable: Everything is stopped.');
    const unsaid = owner.call('desk:send', { room: 'lobby', text: 'hello' });
    await expect(unsaid).rejects.toThrow('ledger.db is read-only');
  });

  it('is written again when it can be', async () => {
    ledger.set(true);
    await pass(10_000);
    expect(await health()).toEqual([200, 'ok']);
    expect(await metrics()).toMatchObject({ ledgerFailure: null });
    const { items } = await owner.request('notifications.list', { limit: 50 });
    expect(items.map(({ title }) => title)).toContain('Demo grid stopped with an error');
    expect(items.filter(({ title }) => title === 'The ledger is written again')).toMatchObject([
      { kind: 'bot', body: 'Bots that were stopped for it can be started: Demo grid' },
    ]);
    const { botId = '' } = (await botState()) ?? {};
    await owner.request('risk.release', {});
    await owner.request('bots.start', { botId });
    await pass(60_000);
    expect((await botState())?.state).toBe('running');
  });

  it('lets the monitor end, too', async () => {
    ledger.set(false);
    await pass(5_000);
    await whilePassing(monitor.close());
  });
});
