import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { startKraken } from '#tests/fakes/exchanges/kraken/kraken-exchange.ts';
import { openMemoryLedger } from '#tests/fakes/paper-fleet.ts';
import { eventually, type HubConnection } from '#tests/support/hub-connection.ts';
import { EXCHANGE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { connectTo, startTestMonitor } from '#tests/support/test-monitor.ts';

const SPEC = 'ccxt:kraken:XMR/USD';
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const TEST_MS = 60_000;

describe('feeds across restarts', () => {
  const directory = temporaryDirectory();
  let monitor: Monitor;
  let hub: HubConnection;

  async function start(urls: unknown): Promise<void> {
    monitor = await startTestMonitor({
      dataDirectory: directory.path,
      exchangeConfigs: { kraken: { urls: { api: urls } } },
    });
    hub = await connectTo(monitor);
  }
  async function stop(): Promise<void> {
    hub.close();
    await monitor.close();
  }
  const offline = { public: NOWHERE, ws: { publicV2: `${NOWHERE.replace('http', 'ws')}/v2` } };
  const feeds = async () => (await hub.request('feeds.list', {})).feeds;
  const states = async () => (await feeds()).map(({ spec, state }) => [spec, state.kind]);

  beforeAll(() => start(offline), TEST_MS);
  afterEach(async () => {
    await stop();
    await start(offline);
  });
  afterAll(async () => {
    await stop();
    directory.remove();
  });

  it(
    'takes a feed whose exchange cannot be reached, says so, and has it after a restart',
    async () => {
      expect(await states()).toMatchObject([['demo', 'live']]);
      const added = await hub.request('feeds.add', { spec: SPEC });
      expect(added).toMatchObject({ spec: SPEC, instruments: [], state: { kind: 'disconnected' } });
      await expect(hub.request('feeds.add', { spec: 'ccxt:nowhere:BTC/USD' })).rejects.toThrow(
        /nowhere/,
      );
      await stop();
      await start(offline);
      expect(await states()).toMatchObject([
        ['demo', 'live'],
        [SPEC, expect.stringMatching(/connecting|disconnected/)],
      ]);
    },
    TEST_MS,
  );

  it.skipIf(!hasRecordings)(
    `comes to life when its exchange does, and carries what it was kept for${needsRecordings}`,
    async () => {
      const kraken = await startKraken(EXCHANGE_RECORDINGS);
      await stop();
      await start(kraken.config.urls && (kraken.config.urls as { api: unknown }).api);
      void kraken.play({ speed: 1 });
      await eventually(feeds, (all) => all[1]?.state.kind === 'live', TEST_MS);
      const { instruments } = await hub.request('watchlist.get', {});
      expect(instruments.map(({ id }) => id)).toContain('kraken:XMR/USD');
      await kraken.close();
    },
    TEST_MS,
  );

  it.skipIf(!hasRecordings)(
    `goes on where one of its instruments was delisted, and says which${needsRecordings}`,
    async () => {
      const kraken = await startKraken(EXCHANGE_RECORDINGS);
      await stop();
      const ledger = openMemoryLedger(join(directory.path, 'ledger.db'));
      const before = ledger.feeds.list();
      for (const spec of before) ledger.feeds.remove(spec);
      ledger.feeds.add('ccxt:kraken:LUNA/USD,XMR/USD', 0 as EpochMs);
      ledger.close();
      await start((kraken.config.urls as { api: unknown }).api);
      void kraken.play({ speed: 1 });
      await eventually(feeds, (all) => all[0]?.state.kind === 'live', TEST_MS);
      expect((await feeds())[0]?.instruments.map(({ id }) => id)).toEqual(['kraken:XMR/USD']);
      const { items } = await hub.request('notifications.list', { limit: 10 });
      const gone = items.filter(({ title }) => title === 'An instrument is gone');
      expect(gone.map(({ body }) => body)).toEqual([
        expect.stringMatching(/^kraken has no market LUNA\/USD\..* The rest of the feed goes on/),
      ]);
      await expect(
        hub.request('feeds.add', { spec: 'ccxt:kraken:LUNA/USD,LTC/USD' }),
      ).rejects.toThrow('has no market LUNA/USD');
      await stop();
      const after = openMemoryLedger(join(directory.path, 'ledger.db'));
      after.feeds.remove('ccxt:kraken:LUNA/USD,XMR/USD');
      for (const spec of before) after.feeds.add(spec, 0 as EpochMs);
      after.close();
      await start(offline);
      await kraken.close();
    },
    TEST_MS,
  );

  it(
    'forgets a feed that is removed',
    async () => {
      const kept = (await feeds()).find(({ spec }) => spec === SPEC);
      await hub.request('feeds.remove', { feedId: kept?.id ?? '' });
      await stop();
      await start(offline);
      expect(await states()).toMatchObject([['demo', 'live']]);
    },
    TEST_MS,
  );
});
