import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { Publishable } from '#contract/publications.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { Bot } from '#main/bots/bot.ts';
import { BotEngine } from '#main/bots/bot-engine.ts';
import { BotLifecycle } from '#main/bots/bot-lifecycle.ts';
import { BotRegistry } from '#main/bots/bot-registry.ts';
import { RiskDesk } from '#main/bots/risk/risk-desk.ts';
import { gridStrategy } from '#main/bots/strategies/grid.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryBotStore } from './memory-bot-store.ts';
import { TouchAccount } from './touch-account.ts';

export const ID = 'demo:BTC/USDT' as InstrumentId;
const instrument: Instrument = {
  id: ID,
  exchange: 'demo',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceIncrement: 0.1,
  sizeIncrement: 0.001,
  ...UNKNOWN_TERMS,
};

let nextTradeId = 0;
export function trade(price: number): MarketEvent {
  nextTradeId += 1;
  const time = (1_700_000_000_000 + nextTradeId) as EpochMs;
  return {
    kind: 'trade',
    trade: {
      instrumentId: ID,
      id: String(nextTradeId),
      price: price as Price,
      size: 1 as Size,
      aggressorSide: 'buy',
      eventTime: time,
      receivedTime: time,
    },
  };
}

interface World {
  readonly store?: MemoryBotStore;
  readonly strategies?: readonly StrategyDefinition[];
  readonly carried?: Set<InstrumentId>;
  readonly markPrice?: () => number;
  readonly whyMissing?: (id: string) => string | undefined;
}

export function open({
  store = new MemoryBotStore(),
  strategies = [gridStrategy],
  carried = new Set([ID]),
  markPrice = () => 1_000,
  whyMissing = () => undefined,
}: World = {}) {
  const published: Publishable[] = [];
  const faults: unknown[] = [];
  const clock = new FakeClock();
  const shared = {
    store,
    strategies,
    clock,
    findInstrument: (id: InstrumentId) => (carried.has(id) ? instrument : undefined),
    markPrice,
  };
  const engine = new BotEngine({
    ...shared,
    sharesFlushes: false,
    ticks: () => 0,
    userId: 'owner',
    market: () => ({ book: new OrderBook(ID), quote: null, lastTrade: null }),
    history: () => () => [],
    createAccount: (config, _instrument, state) =>
      new TouchAccount(
        config.id,
        state.openOrders,
        [state.orderSequence, state.fillSequence],
        state.position,
      ),
    publish: (item) => published.push(item),
    onFault: (_botId, fault) => faults.push(fault),
  });
  let ids = 0;
  const bots = new Map<string, Bot>();
  const everyBot = () => bots.values();
  const risk = new RiskDesk({ store: NO_LIMITS, clock, bots: everyBot, markPrice: () => 1_000 });
  const lifecycle = new BotLifecycle({
    ...{ engine, risk, clock, bots: everyBot, looksBetweenEvents: true },
    findStrategy: (id) => strategies.find((strategy) => strategy.id === id),
    whyMissing,
  });
  const registry = new BotRegistry({
    ...shared,
    bots,
    engine,
    ...{ lifecycle, whyMissing },
    createId: () => {
      ids += 1;
      return `bot${ids}`;
    },
  });
  registry.onInstrumentsChanged();
  return { engine, registry, store, published, faults, clock, carried };
}

const NO_LIMITS = {
  killState: () => null,
  saveKillState: () => undefined,
  globalLimits: () => ({}),
  saveGlobalLimits: () => undefined,
};

export const draft = (
  over: Partial<RequestParams<'bots.create'>> = {},
): RequestParams<'bots.create'> => ({
  name: 'Grid',
  strategy: 'grid',
  instrumentId: ID,
  params: { levels: 2, spacingBps: 100, quantity: '0.01' },
  initialCash: '10000' as DecimalString,
  makerFeeBps: 10,
  takerFeeBps: 10,
  ...DEFAULT_BOT_SETTINGS,
  start: true,
  ...over,
});

export const prices = (store: MemoryBotStore) =>
  store
    .openOrders('bot1')
    .map(({ side, limitPrice }) => `${side} ${limitPrice}`)
    .sort();
