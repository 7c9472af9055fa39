import { isAbsolute } from 'node:path';
import type { BacktestPlan, PlayableSource } from '#contract/backtest-requests.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import { combinationsOf } from '#contract/sweep-grid.ts';
import { parseParams } from '#main/bots/bot-changes.ts';
import { describeStrategy } from '#main/bots/describe-strategy.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { refuseSource } from './backtest-bot.ts';
import { importedSource, tapeSource } from './source-spec.ts';

interface PlanningPlace {
  readonly tape: TapeDatabase;
  readonly strategies: readonly StrategyDefinition[];
}

/**
 * What was asked for as it can be queued, or what is wrong with it, as far as that can be seen without
 * playing. The stretch is the one that there is now: what is recorded while it waits does not change it.
 */
export function planBacktest(wanted: BacktestPlan, place: PlanningPlace): Result<BacktestPlan> {
  const bot = checkBot(wanted, place.strategies);
  if (!bot.ok) return bot;
  if (wanted.source.kind === 'recording' && (wanted.sweep?.holdout ?? null) !== null) {
    return fail('invalid_payload', 'sweep.holdout: a recording is played as a whole');
  }
  const source = settleSource(wanted.source, wanted.bot, place);
  return source.ok ? succeed({ ...wanted, source: source.value }) : source;
}

function checkBot(
  { bot, sweep }: BacktestPlan,
  strategies: readonly StrategyDefinition[],
): Result<unknown> {
  const strategy = strategies.find(({ id }) => id === bot.strategy);
  if (!strategy) return fail('invalid_payload', `bot.strategy: there is no ${bot.strategy}`);
  if (!sweep) return inBot(parseParams(strategy, bot.params));
  const known = describeStrategy(strategy).parameters.map(({ name }) => name);
  const stranger = Object.keys(sweep.grid).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    return fail('invalid_payload', `sweep.grid: ${strategy.name} has no parameter ${stranger}`);
  }
  const combinations = combinationsOf(sweep.grid);
  if (!combinations.ok) return combinations;
  // Some combinations may be none; where not even one is, it is the rest that is wrong.
  const parsed = (params: object) => parseParams(strategy, { ...bot.params, ...params });
  const isAnyGood = combinations.value.some((params) => parsed(params).ok);
  return isAnyGood ? succeed(undefined) : inBot(parsed(combinations.value[0] ?? {}));
}

/** A field's name as the request has it. */
const inBot = <T>(result: Result<T>): Result<T> =>
  result.ok ? result : fail(result.error.code, `bot.${result.error.message}`);

function settleSource(
  source: PlayableSource,
  bot: DeckBot,
  { tape, strategies }: PlanningPlace,
): Result<PlayableSource> {
  // What is in a file is seen when it is read.
  if ('file' in source) {
    return isAbsolute(source.file)
      ? succeed(source)
      : fail('invalid_payload', 'source.file: must be an absolute path');
  }
  const id = bot.instrumentId;
  const found =
    source.kind === 'tape' ? tapeSource(tape, id, source) : importedSource(tape, id, source);
  if (!found.ok) return found;
  const refusal = refuseSource(bot, found.value, strategies);
  const { fromTime, toTime } = found.value;
  return refusal ?? succeed({ ...source, fromTime, toTime });
}
