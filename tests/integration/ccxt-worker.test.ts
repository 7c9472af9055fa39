import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { MarketEvent } from '#domain/market-event.ts';
import { CcxtFeed } from '#main/feeds/ccxt/ccxt-feed.ts';
import { beginCcxtThread, CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import type { ExchangeConfigs } from '#main/feeds/ccxt/exchange-config.ts';
import { FeedSupervisor } from '#main/feeds/supervisor.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { startBinanceSpot } from '#tests/fakes/exchanges/binance/binance-exchange.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BINANCE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';

/** Trades, book and quotes. */
const STREAMS = 3;
const ended: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

/** The real worker, whose threads can be got hold of. */
function openWorker(configs: ExchangeConfigs, clock = systemClock) {
  const threads: Worker[] = [];
  const troubles: string[] = [];
  const worker = new CcxtWorker({
    ...{ clock, configs },
    onTrouble: (reason) => troubles.push(reason),
    beginThread: (birth) => {
      const thread = beginCcxtThread(birth);
      threads.push(thread);
      return thread;
    },
  });
  ended.push(() => worker.dispose());
  return { worker, threads, troubles };
}

describe('the exchange worker', () => {
  it('begins when it is asked, and ends when it has been idle', async () => {
    const clock = new FakeClock();
    const { worker, threads } = openWorker({}, clock);
    expect(threads).toHaveLength(0);
    const listed = await worker.exchanges();
    const ids = listed.ok ? listed.value.map(({ id }) => id) : [];
    expect(ids).toEqual(expect.arrayContaining(['binance', 'kraken', 'coinbase', 'okx', 'bybit']));
    expect(threads).toHaveLength(1);
    const exit = new Promise((exited) => threads[0]?.once('exit', exited));
    clock.advance(10_000);
    await exit;
    expect(clock.pendingTimers).toBe(0);
    expect(await worker.exchanges()).toMatchObject({ ok: true });
    expect(threads).toHaveLength(2);
  });

  it('answers what was asked of it when it dies, and lives again for the next question', async () => {
    const { worker, threads, troubles } = openWorker({});
    const asked = worker.exchanges();
    await threads[0]?.terminate();
    expect(await asked).toEqual({
      ok: false,
      error: { code: 'unavailable', message: 'The exchange worker stopped unexpectedly.' },
    });
    expect(troubles).toEqual([expect.stringContaining('The exchange worker died')]);
    expect(await worker.exchanges()).toMatchObject({ ok: true });
  });

  it('says which exchange was probably meant', async () => {
    const { worker } = openWorker({});
    const asked = { exchange: 'binanse', symbols: ['BTC/USDT'] };
    expect(await worker.ask('instruments', asked)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('Did you mean binance?') },
    });
  });

  it('begins nothing any more once it is disposed of', async () => {
    const { worker, threads } = openWorker({});
    await worker.dispose();
    expect(await worker.exchanges()).toMatchObject({ ok: false });
    expect(threads).toHaveLength(0);
  });
});

describe.skipIf(!hasRecordings)(`the exchange worker under a feed${needsRecordings}`, () => {
  it('[F3] dies, and the feed goes on in a fresh one, with the outage filled', async () => {
    const fake = await startBinanceSpot(BINANCE_RECORDINGS, { timeline: 'present' });
    ended.push(() => fake.close());
    const { worker, threads } = openWorker({ binance: fake.config });
    const known = new Set<string>();
    const kinds = new Set<MarketEvent['kind']>();
    const listening = new Set<() => void>();
    const supervisor = new FeedSupervisor({
      clock: systemClock,
      random: () => 0.999,
      createFeed: () => new CcxtFeed('binance', fake.symbols, worker),
      listeners: {
        onEvents: (events) => {
          for (const event of events) {
            kinds.add(event.kind);
            if (event.kind === 'trade') known.add(event.trade.id);
            if (event.kind === 'backfill') for (const { id } of event.trades) known.add(id);
          }
          for (const look of listening) look();
        },
        onStatus: () => undefined,
        onInstruments: () => undefined,
        onRejected: () => undefined,
        onBackfillFailed: () => undefined,
        onCrash: (_, error) => {
          throw error;
        },
      },
    });
    ended.push(() => supervisor.dispose());
    const until = (holds: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!holds()) return;
          listening.delete(look);
          resolve();
        };
        listening.add(look);
        look();
      });
    const knowsAll = () => known.size === fake.truth.trades('BTC/USDT').length;

    expect(await supervisor.add('ccxt:binance:BTC/USDT')).toMatchObject({ ok: true });
    await fake.subscribed(STREAMS);
    await fake.play({ speed: 60, untilFrame: 5_000 });
    await until(knowsAll);
    await threads[0]?.terminate();
    await fake.play({ speed: 60, untilFrame: 6_000 });
    expect(knowsAll()).toBe(false);
    await fake.subscribed(STREAMS);
    await fake.play({ speed: 60, untilFrame: 8_000 });
    await until(knowsAll);
    expect(threads).toHaveLength(2);
    expect(kinds).toContain('bookLost');
    expect(kinds).toContain('gap');
    expect(supervisor.statuses()[0]).toMatchObject({ reconnects: 1 });
  });
});
