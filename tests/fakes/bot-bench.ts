import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import { OrderBook } from '#domain/order-book.ts';
import { NEW_PERFORMANCE } from '#domain/performance.ts';
import { flatPosition } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { BotRunner, type BotRunnerOptions } from '#main/bots/bot-runner.ts';
import type { BotChanges } from '#main/bots/bot-store.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { FakeClock } from './fake-clock.ts';
import { TouchAccount } from './touch-account.ts';

export const BENCH_ID = 'demo:BTC/USDT' as InstrumentId;

export const benchInstrument: Instrument = {
  id: BENCH_ID,
  exchange: 'demo',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceIncrement: 0.1,
  sizeIncrement: 0.001,
  ...UNKNOWN_TERMS,
};

const benchConfig = (params: Readonly<Record<string, unknown>>): BotConfig => ({
  id: 'bot1',
  name: 'Bench',
  strategy: 'bench',
  instrumentId: BENCH_ID,
  params,
  initialCash: '10000' as DecimalString,
  makerFeeBps: 0,
  takerFeeBps: 0,
  ...DEFAULT_BOT_SETTINGS,
  archivedTime: null,
  createdTime: 0 as EpochMs,
});

const RUNNING = {
  ...({ state: 'running', pausedBy: null, error: null, reason: null, isClosing: false } as const),
  performance: NEW_PERFORMANCE,
};

/** A runner alone, over an account that fills what is touched; what it commits is kept. */
export function benchRunner(
  definition: StrategyDefinition,
  params: Readonly<Record<string, unknown>> = {},
  over: Partial<BotRunnerOptions> = {},
) {
  const committed: BotChanges[] = [];
  const faults: unknown[] = [];
  const config = benchConfig(params);
  const account = new TouchAccount(
    config.id,
    [],
    [0, 0],
    flatPosition(config.id, BENCH_ID, 0 as EpochMs),
  );
  const runner = new BotRunner({
    ...{ config, definition, account },
    instrument: benchInstrument,
    savedState: undefined,
    market: { book: new OrderBook(BENCH_ID), quote: null, lastTrade: null },
    history: () => [],
    lastFillTime: null,
    moment: null,
    standing: () => RUNNING,
    clock: new FakeClock(),
    ticks: () => 0,
    commit: (changes) => committed.push(changes),
    later: (work) => {
      try {
        work();
      } catch (fault) {
        faults.push(fault);
      }
    },
    ...over,
  });
  const logs = () => committed.flatMap((changes) => changes.logs.map(({ message }) => message));
  return { runner, account, committed, faults, logs };
}
