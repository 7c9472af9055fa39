import type { BacktestView } from '#contract/backtest-requests.ts';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';

/** A backtest that has run, unless `changes` say otherwise. */
export const backtestView = (id: string, changes: Partial<BacktestView> = {}): BacktestView => ({
  ...{ id, state: 'done', error: null, progress: 1, runs: 1, runsDone: 1, figures: null },
  ...{ createdTime: 1_000 as EpochMs, startedTime: null, finishedTime: null, sweep: null },
  bot: {
    ...{ name: 'Cross', strategy: 'maCross', instrumentId: 'binance:BTC/USDT' as InstrumentId },
    ...{ params: { fast: 10, slow: 30 }, initialCash: '10000' as DecimalString },
    ...{ makerFeeBps: 2, takerFeeBps: 5 },
    ...DEFAULT_BOT_SETTINGS,
  },
  source: { kind: 'tape' },
  ...changes,
});
