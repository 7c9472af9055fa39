import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { startBinanceSpot } from '#tests/fakes/exchanges/binance/binance-exchange.ts';
import type { FakeExchange } from '#tests/fakes/exchanges/fake-exchange.ts';
import { eventually, type HubConnection } from '#tests/support/hub-connection.ts';
import { BINANCE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import { temporaryDirectory } from '#tests/support/serve-process.ts';
import { connectTo, startTestMonitor } from '#tests/support/test-monitor.ts';

const SYMBOL = 'BTC/USDT';
const ID = instrumentId('binance', SYMBOL);
/** Trades, book and quotes. */
const STREAMS = 3;
/** Of 41,249 frames. What lies around the gap shows that the exchange told of all of it. */
const SPEED = 40;
const [FIRST_STOP, SECOND_STOP, END] = [10_000, 14_000, 36_000];

describe.skipIf(!hasRecordings)(`a monitor that was closed for a while${needsRecordings}`, () => {
  const directory = temporaryDirectory();
  let exchange: FakeExchange;
  let monitor: Monitor;
  let hub: HubConnection;

  beforeAll(async () => {
    exchange = await startBinanceSpot(BINANCE_RECORDINGS, { timeline: 'present' });
    await start();
  });
  afterAll(async () => {
    await stop();
    await exchange.close();
    directory.remove();
  });

  async function start(): Promise<void> {
    monitor = await startTestMonitor({
      dataDirectory: directory.path,
      feeds: [`ccxt:binance:${SYMBOL}`],
      exchangeConfigs: { binance: exchange.config },
    });
    hub = await connectTo(monitor);
    await exchange.subscribed(STREAMS);
  }
  async function stop(): Promise<void> {
    hub.close();
    await monitor.close();
  }
  const truth = () => exchange.truth.trades(SYMBOL).map(({ id }) => id);
  const recorded = async () => {
    const { trades } = await hub.request('trades.get', { instrumentId: ID, limit: 50_000 });
    return trades.map(({ id }) => id);
  };
  const hasAll = (ids: readonly string[]) => ids.length >= truth().length;

  it('[T2] has on its tape what was traded meanwhile, and says that it was not there', async () => {
    await exchange.play({ speed: SPEED, untilFrame: FIRST_STOP });
    await eventually(recorded, hasAll);
    await stop();
    await exchange.play({ speed: SPEED, untilFrame: SECOND_STOP });
    await start();
    await exchange.play({ speed: SPEED, untilFrame: END });
    // In the order of time, each once: nothing that came live is missing or doubled by what was asked for.
    expect(await eventually(recorded, hasAll)).toEqual(truth());
    const { feeds } = await hub.request('feeds.list', {});
    expect(feeds[0]?.lastGap).toMatchObject({
      reason: 'Tapedeck was not running',
      isBackfilled: true,
    });
    const deck = await hub.request('replay.open', { instruments: [ID] });
    // The minute in progress is asked for by itself, where Tapedeck was closed before it began.
    expect(deck.gaps).toContainEqual(
      expect.objectContaining({ reason: 'Tapedeck was not running', backfilled: 'wholly' }),
    );
  });

  it('has candles without a hole: the minute in progress and those before it', async () => {
    const { candles } = await hub.request('candles.get', {
      instrumentId: ID,
      interval: '1m',
      limit: 10,
    });
    const trades = exchange.truth.trades(SYMBOL);
    const minutes = Map.groupBy(trades, ({ time }) => time - (time % 60_000));
    expect(candles.map(({ openTime }) => openTime)).toEqual([...minutes.keys()]);
    for (const candle of candles) {
      const inside = minutes.get(candle.openTime) ?? [];
      const prices = inside.map(({ price }) => price);
      expect(candle).toMatchObject({
        ...{ open: prices[0], close: prices.at(-1), tradeCount: prices.length },
        ...{ high: Math.max(...prices), low: Math.min(...prices) },
      });
    }
  });
});
