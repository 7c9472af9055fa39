import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { type FakeDeriv, startFakeDeriv } from '../fakes/exchanges/deriv/deriv-exchange.ts';
import { hasRecordedTicks, TICK_COUNT } from '../fakes/exchanges/deriv/ticks.ts';
import { eventually, type HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const VOLATILITY = 'deriv:R_10' as InstrumentId;
const FOREX = 'deriv:frxEURUSD' as InstrumentId;
const SPEC = 'deriv:R_10,frxEURUSD';
const data = hasRecordedTicks ? 'recorded ticks' : 'invented ticks: no recording in ../shared/data';

const GRID: RequestInput<'bots.create'> = {
  name: 'Grid',
  strategy: 'grid',
  instrumentId: VOLATILITY,
  params: { levels: 8, spacingBps: 1, quantity: '1' },
  initialCash: '100000' as DecimalString,
  makerFeeBps: 0,
  takerFeeBps: 0,
  start: true,
};

describe.each(['legacy', 'options'] as const)(`a monitor on Deriv, %s (${data})`, (dialect) => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let exchange: FakeDeriv;
  let monitor: Monitor;
  let hub: HubConnection;

  beforeEach(async () => {
    directory = temporaryDirectory();
    exchange = await startFakeDeriv({ dialect, timeline: 'present' });
    monitor = await startTestMonitor({
      dataDirectory: directory.path,
      feeds: [SPEC],
      exchangeConfigs: { deriv: exchange.config },
    });
    hub = await connectTo(monitor);
  });

  afterEach(async () => {
    hub.close();
    await monitor.close();
    await exchange.close();
    directory.remove();
  });

  const feed = async () => (await hub.request('feeds.list', {})).feeds[0];
  const stateOf = (status: FeedStatus | undefined, id: InstrumentId) =>
    status?.instruments.find((each) => each.id === id)?.state.kind;
  const isLive = () => eventually(feed, (status) => status?.state.kind === 'live');
  const truth = () => exchange.truth.trades('R_10');
  /** Of what was played: the ticks of the minute before come from Deriv's history. */
  const tape = async () => {
    const request = { instrumentId: VOLATILITY, limit: 50_000 };
    const { trades } = await hub.request('trades.get', request);
    return trades.filter(({ timestamp }) => timestamp >= (truth()[0]?.time ?? Infinity));
  };

  it('shows prices without size in tape, candles and ticker, and invents no volume', async () => {
    await isLive();
    await hub.subscribe(channel.ticker(VOLATILITY));
    const prices: PushPayload<'price:update'>[] = [];
    hub.socket.on('price:update', (push: PushPayload<'price:update'>) => prices.push(push));
    await exchange.play({ speed: 'max' });
    const trades = await eventually(tape, (list) => list.length >= TICK_COUNT);
    expect(trades).toEqual(
      truth().map(({ id, price, size, aggressorSide: side, time: timestamp }) => {
        return { id, price, size, side, timestamp };
      }),
    );
    expect(trades.every(({ size }) => size === 0)).toBe(true);

    const last = truth().at(-1)?.price ?? 0;
    await eventually(
      () => prices.at(-1)?.price,
      (price) => price === last,
    );
    expect(prices.at(-1)).toMatchObject({ volume: 0 });
    expect(prices.at(-1)?.bid).toBeCloseTo(last - 0.005, 6);
    expect(prices.at(-1)?.ask).toBeCloseTo(last + 0.005, 6);

    const { candles } = await hub.request('candles.get', {
      instrumentId: VOLATILITY,
      interval: '1m',
      limit: 2_000,
    });
    // The day before comes from Deriv's candles, what follows from its ticks.
    expect(candles.length).toBeGreaterThan(1_440);
    expect(candles.at(-1)?.close).toBe(last);
    expect(candles.at(-2)?.tradeCount).toBe(30);
    expect(candles.every(({ volume, buyVolume }) => volume === 0 && !buyVolume)).toBe(true);
    expect(candles[0]).toMatchObject({ buyVolume: null, tradeCount: null });
  });

  it('lets a paper bot trade on quotes and prints without size', async () => {
    await isLive();
    await exchange.play({ speed: 'max', untilFrame: 2 });
    const { config } = await hub.request('bots.create', GRID);
    await exchange.play({ speed: 'max' });
    const { items } = await eventually(
      () => hub.request('fills.list', { botId: config.id }),
      (page) => page.items.length > 0,
    );
    expect(items.every(({ quantity, price }) => Number(quantity) > 0 && Number(price) > 0)).toBe(
      true,
    );
  });

  it('[F3] fills an outage from Deriv’s own history, and says so', async () => {
    await isLive();
    await exchange.play({ speed: 'max', untilFrame: 50 });
    await eventually(tape, (list) => list.length === 50);
    exchange.inject('close');
    await eventually(feed, (status) => status?.state.kind === 'disconnected');
    await exchange.play({ speed: 'max', untilFrame: 120 });
    await isLive();
    await exchange.play({ speed: 'max' });
    const trades = await eventually(tape, (list) => list.length === TICK_COUNT);
    const key = ({ id, price }: { id: string; price: number }) => `${id} ${price}`;
    expect(trades.map(key)).toEqual(truth().map(key));
    expect((await feed())?.rejected).toBe(0);
  });

  it('[F2] shows a closed market as closed, beside one that is live', async () => {
    exchange.closeMarket('frxEURUSD', { opensAt: Math.floor(Date.now() / 1_000) + 3_600 });
    const status = await feed();
    await hub.request('feeds.restart', { feedId: status?.id ?? '' });
    const closed = await eventually(feed, (now) => stateOf(now, FOREX) === 'closed');
    expect(stateOf(closed, VOLATILITY)).toBe('live');
    const { instruments = [] } = closed ?? {};
    await eventually(feed, (now) => {
      const state = now?.instruments.find(({ id }) => id === FOREX)?.state;
      return state?.kind === 'closed' && state.untilTime !== null;
    });
    expect(instruments.length).toBe(2);
  });
});
