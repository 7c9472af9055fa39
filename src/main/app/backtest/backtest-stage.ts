import { type Result, succeed } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import { type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BacktestStage } from '#main/backtest/backtest-feed.ts';
import type { ShowTrade } from '#main/bots/bot-runner.ts';
import type { BotChanges } from '#main/bots/bot-store.ts';
import type { RiskStore } from '#main/bots/risk/risk-desk.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import type { InstrumentMarket } from '#main/market/instrument-market.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { BotHistory } from '../bots/bot-history.ts';
import { composeOwnBots } from '../bots/compose-own-bots.ts';
import { backtestBotStore } from './backtest-bot-store.ts';
import { BacktestClock } from './backtest-clock.ts';

export interface BacktestStageTerms {
  readonly bot: DeckBot;
  readonly botId: string;
  readonly instrument: Instrument;
  /** As it stood before the first event. */
  readonly market: MarketData;
  readonly history: BotHistory;
  readonly fromTime: EpochMs;
  readonly log: Log;
  readonly strategies: readonly StrategyDefinition[];
  readonly onStep: (changes: BotChanges) => void;
}

export interface ComposedStage extends BacktestStage {
  view(): BotView;
}

/** No other bots to be limited together with, and no switch. */
const ALONE: RiskStore = {
  killState: () => null,
  saveKillState: () => undefined,
  globalLimits: () => ({}),
  saveGlobalLimits: () => undefined,
};

/** One bot on a market of its own, wired as live wires it; the sentence says what is wrong with it. */
export function composeBacktestStage(terms: BacktestStageTerms): Result<ComposedStage> {
  const { bot, botId, instrument, market, history, fromTime, log, strategies } = terms;
  const clock = new BacktestClock(fromTime);
  const { engine, own } = composeOwnBots({
    ...{ clock, log, market, history, strategies, userId: 'owner', publish: null },
    store: backtestBotStore(terms.onStep),
    // Nobody asks here how long anything took.
    ...{ risk: ALONE, sharesFlushes: false, looksBetweenEvents: false, ticks: () => 0 },
    createBotId: () => botId,
    findInstrument: (id) => (id === instrument.id ? instrument : undefined),
  });
  const created = own.create({ ...bot, start: true });
  if (!created.ok) return created;
  const ownMarket = market.of(instrument.id);
  const view = () => {
    const found = own.get(botId);
    return found.ok ? found.value : created.value;
  };
  const candles = candleStage(ownMarket, clock);
  return succeed({
    play: (event, time) => {
      clock.set(time);
      ownMarket.apply(event);
      // It was news once; nobody trades on it now.
      if (event.kind !== 'backfill') engine.onEvent(event);
    },
    playCandle: (candle, interval, onPrice) => {
      clock.set(candle.openTime);
      engine.onCandle(instrument.id, candle, candles(interval, onPrice));
    },
    settled: () => engine.settled(),
    get price() {
      return ownMarket.lastTrade?.price ?? null;
    },
    get error() {
      const { status } = view();
      return status.state === 'error' ? status.error : null;
    },
    view,
  });
}

/** Made once for all candles of a run, of which there are millions. */
function candleStage(market: InstrumentMarket, clock: BacktestClock) {
  let hear: (time: number, price: number) => void = () => undefined;
  let stage: {
    readonly interval: CandleInterval;
    readonly intervalMs: number;
    readonly showTrade: ShowTrade;
  } | null = null;
  const showTrade: ShowTrade = (event) => {
    const { eventTime, price } = event.trade;
    clock.set(eventTime);
    market.apply(event);
    hear(eventTime, price);
  };
  return (interval: CandleInterval, onPrice: typeof hear) => {
    hear = onPrice;
    if (stage?.interval === interval) return stage;
    stage = { interval, intervalMs: INTERVAL_MS[interval], showTrade };
    return stage;
  };
}
