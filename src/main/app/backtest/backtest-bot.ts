import type { BacktestReport } from '#contract/backtest-report.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import { type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import { decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { ReportRecorder } from '#main/backtest/report/report-recorder.ts';
import { type BacktestProgress, runBacktest } from '#main/backtest/run-backtest.ts';
import type { BotChanges } from '#main/bots/bot-store.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { MarketData } from '#main/market/market-data.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { BacktestSource } from './backtest-source.ts';
import { composeBacktestStage } from './backtest-stage.ts';

export interface BacktestSurroundings {
  readonly log: Log;
  readonly strategies: readonly StrategyDefinition[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BacktestProgress) => void;
  readonly breathe: () => Promise<void>;
  /** Hears of each fill, in order. */
  readonly onFill?: (fill: Fill) => void;
}

export interface BacktestOutcome {
  readonly report: BacktestReport;
  /** The bot as it stands at the end. */
  readonly view: BotView;
}

/** Plays one bot over one source. Null where it was canceled. */
export async function backtestBot(
  draft: DeckBot,
  botId: string,
  source: BacktestSource,
  surroundings: BacktestSurroundings,
): Promise<Result<BacktestOutcome | null>> {
  const { strategies } = surroundings;
  const { bot, interval } = wishesOf(draft, strategies);
  const refusal = refusalOf(interval, source);
  if (refusal) return refusal;
  // Nobody looks at the market but the bot: of candles those of trades that it may ask for are kept.
  const ofTrades = interval !== null && source.finest === null ? [interval] : [];
  const market = new MarketData(null, ofTrades);
  const begun = await source.begin(market);
  if (!begun.ok) return begun;
  const { feed, fromTime, toTime } = begun.value;
  const { instrument } = source;
  const recorder = new ReportRecorder({
    ...{ bot, instrument, source: source.source, fromTime, toTime },
  });
  const stage = composeBacktestStage({
    ...{ bot, botId, instrument, market, strategies, log: surroundings.log },
    history: source.history(market),
    fromTime: source.fromTime,
    onStep: (changes) => record(changes, recorder, surroundings.onFill),
  });
  if (!stage.ok) {
    await feed.close?.();
    return stage;
  }
  const { signal, onProgress, breathe } = surroundings;
  const ran = await runBacktest({
    ...{ feed, stage: stage.value, recorder, fromTime, toTime, signal, onProgress, breathe },
  });
  if (!ran.ok) return ran;
  return succeed(ran.value && { report: ran.value, view: stage.value.view() });
}

function record(
  { runtime, position, fills, orders, logs }: BotChanges,
  recorder: ReportRecorder,
  onFill: BacktestSurroundings['onFill'],
): void {
  recorder.onStep({ fills, orders, logs, position, cash: decimal(runtime.cash) });
  if (onFill) for (const fill of fills) onFill(fill);
}

/** The bot with all that was left to its strategy's defaults, and the candles that it wants, if any. */
function wishesOf(
  bot: DeckBot,
  strategies: readonly StrategyDefinition[],
): { readonly bot: DeckBot; readonly interval: CandleInterval | null } {
  const definition = strategies.find(({ id }) => id === bot.strategy);
  const parameters = definition?.parameters.safeParse(bot.params);
  // Whoever creates the bot says what is wrong with it.
  if (!definition || !parameters?.success) return { bot, interval: null };
  const params = parameters.data;
  return { bot: { ...bot, params }, interval: definition.candles(params) };
}

/** Why a source cannot be played by this bot; null where it can be. */
export const refuseSource = (
  draft: DeckBot,
  source: Pick<BacktestSource, 'finest'>,
  strategies: readonly StrategyDefinition[],
) => refusalOf(wishesOf(draft, strategies).interval, source);

function refusalOf(wanted: CandleInterval | null, { finest }: Pick<BacktestSource, 'finest'>) {
  if (wanted === null || finest === null) return null;
  if (INTERVAL_MS[wanted] % INTERVAL_MS[finest] === 0) return null;
  return fail(
    'invalid_payload',
    `The strategy wants candles of ${wanted}, and these are of ${finest}: none can be made of them.`,
  );
}
