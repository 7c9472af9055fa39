import { newBotSettingsShape } from '#contract/bot-settings.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { FeedState } from '#domain/feed.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { composeBots } from '#main/app/bots/compose-bots.ts';
import { createPipeline } from '#main/app/feeds/market-pipeline.ts';
import { Lifecycle } from '#main/app/lifecycle.ts';
import { Publications } from '#main/app/publications.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import { MarketData } from '#main/market/market-data.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { createLog } from '#main/telemetry/log.ts';
import { FakeClock } from './fake-clock.ts';

export const PAPER_ID = 'demo:BTC/USDT' as InstrumentId;

const INSTRUMENT: Instrument = {
  ...{ id: PAPER_ID, exchange: 'demo', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT' },
  ...{ priceIncrement: 0.01, sizeIncrement: 0.001, ...UNKNOWN_TERMS },
};
const NO_TAPE = {
  record: () => undefined,
  recordGap: () => undefined,
  recordBackfill: () => undefined,
};

export function openMemoryLedger(path = ':memory:'): Ledger {
  const opened = openLedger(path, {
    onDamage: ({ table, reason }) => {
      throw new Error(`${table}: ${reason}`);
    },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

export interface PaperFleetOptions {
  readonly ledger?: Ledger;
  readonly clock?: FakeClock;
  readonly sharesFlushes?: boolean;
  readonly ticks?: () => number;
  readonly looksBetweenEvents?: boolean;
}

/** Bots on the real paper broker over a real ledger, with a market and feeds that a test plays. */
export function openPaperFleet(options: PaperFleetOptions = {}) {
  const clock = options.clock ?? new FakeClock();
  const ledger = options.ledger ?? openMemoryLedger();
  const published: Publishable[] = [];
  const publications = new Publications({ publish: (item) => published.push(item) });
  const market = new MarketData(tellAtOnce(publications.publish));
  const lifecycle = new Lifecycle(createLog('silent'));
  const carried = new Set<InstrumentId>([PAPER_ID]);
  let ids = ledger.bots.list().length;
  const rooms = composeBots({
    ...{ clock, lifecycle, publications, ledger, market },
    log: createLog('silent'),
    userId: 'owner',
    createBotId: () => `bot${++ids}`,
    findInstrument: (id) => (carried.has(id) ? INSTRUMENT : undefined),
    history: () => () => [],
    strategies: BUILT_IN_STRATEGIES,
    sharesFlushes: options.sharesFlushes ?? false,
    ...(options.ticks && { ticks: options.ticks }),
    looksBetweenEvents: options.looksBetweenEvents ?? true,
  });
  const pipeline = createPipeline({
    ...{ market, recorder: NO_TAPE, bots: rooms.engine },
    alerts: { onEvent: () => undefined },
  });
  let tradeId = 0;
  const play = (event: MarketEvent) => pipeline([event]);
  rooms.own.onInstrumentsChanged();
  return {
    ...rooms,
    ...{ clock, ledger, published, market, carried, play },
    /** Received as it happens, unless said otherwise. */
    trade: (price: number, time = clock.now(), receivedTime = laterOf(time, clock.now())) => {
      tradeId += 1;
      play({
        kind: 'trade',
        trade: {
          ...{ instrumentId: PAPER_ID, id: String(tradeId), aggressorSide: 'sell' },
          ...{ price: price as Price, size: 1 as Size },
          ...{ eventTime: time, receivedTime },
        },
      });
    },
    /** A book that is deep, a step around the price. */
    book: (price: number, size = 1_000) =>
      play({
        kind: 'bookSnapshot',
        snapshot: {
          ...{ instrumentId: PAPER_ID, sequence: 1 },
          bids: [[price - 0.01, size]],
          asks: [[price + 0.01, size]],
          ...{ eventTime: clock.now(), receivedTime: clock.now() },
        },
      }),
    feed: (state: FeedState) => rooms.control.onFeeds([feedStatus(state)]),
    /** As the process ends without a word: nothing more is written. */
    kill: () => ledger.close(),
    close: () => lifecycle.close(),
  };
}

const feedStatus = (state: FeedState): FeedStatus => ({
  ...{ id: 'demo-1', exchange: 'demo', spec: 'demo', state },
  instruments: [{ id: PAPER_ID, state, lastEventTime: null as EpochMs | null }],
  ...{ lagMs: 0, clockOffsetMs: null, clockUncertaintyMs: null, lastGap: null },
  ...{ tradesPerMinute: 0, reconnects: 0, rejected: 0, rejectedSamples: [] },
});

const laterOf = (one: EpochMs, other: EpochMs) => Math.max(one, other) as EpochMs;

const money = (text: string) => text as DecimalString;

/** A grid of two levels a side, 1 % apart, of 0.1 each. */
export const gridDraft = (
  over: Partial<RequestParams<'bots.create'>> = {},
): RequestParams<'bots.create'> => ({
  ...{ name: 'Grid', strategy: 'grid', instrumentId: PAPER_ID, start: true },
  params: { levels: 2, spacingBps: 100, quantity: '0.1' },
  ...{ initialCash: money('10000'), makerFeeBps: 10, takerFeeBps: 10 },
  latencyMs: newBotSettingsShape.latencyMs.parse(undefined),
  slippageBps: newBotSettingsShape.slippageBps.parse(undefined),
  leverage: newBotSettingsShape.leverage.parse(undefined),
  limits: newBotSettingsShape.limits.parse(undefined),
  schedule: null,
  ...over,
});
