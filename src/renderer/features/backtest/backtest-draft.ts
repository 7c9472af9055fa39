import type { BacktestView } from '#contract/backtest-requests.ts';
import type { RequestInput, StrategyDescription } from '#contract/requests.ts';
import { type InstrumentId, isInstrumentId } from '#domain/instrument.ts';
import { translator } from '../../i18n/i18n.ts';
import type { AskedBacktest } from '../../stores/backtest-store.ts';
import {
  type BotDraft,
  checkDraft,
  checkedDraft,
  DEFAULT_FEE_BPS,
  type DraftErrors,
  defaultParams,
  draftOf,
  newDraft,
} from '../bots/bot-draft.ts';
import {
  checkedSource,
  newSourceDraft,
  type SourceDraft,
  sourceDraftOf,
  sourceErrors,
  tapeDraft,
} from './source-draft.ts';
import {
  axisErrors,
  axisText,
  checkedSweep,
  countRuns,
  gridOf,
  holdoutError,
  newSweepDraft,
  type SweepDraft,
  singleParams,
} from './sweep-draft.ts';

const t = translator('backtest');

/** The form as typed: which bot, over what, and whether with many parameters. */
export interface BacktestDraft {
  readonly bot: BotDraft;
  readonly source: SourceDraft;
  readonly sweep: SweepDraft;
}

export const newBacktestDraft = (
  instrumentId: InstrumentId,
  strategy: StrategyDescription,
): BacktestDraft => ({
  bot: newDraft(instrumentId, strategy),
  source: newSourceDraft(),
  sweep: newSweepDraft(),
});

/** What a bot of ours would have done over a stretch, or over all that is on the tape. */
export const askedBacktestDraft = ({ bot, stretch }: AskedBacktest): BacktestDraft => ({
  bot: draftOf({ config: bot }),
  source: tapeDraft(stretch),
  sweep: newSweepDraft(),
});

/** The same once more, to be changed. */
export function backtestDraftOf(view: BacktestView): BacktestDraft {
  const { makerFeeBps = DEFAULT_FEE_BPS, takerFeeBps = DEFAULT_FEE_BPS } = view.bot;
  const bot = draftOf({ config: { ...view.bot, makerFeeBps, takerFeeBps } });
  if (view.sweep === null) return { bot, source: sourceDraftOf(view), sweep: newSweepDraft() };
  const { grid, rankedBy, holdout } = view.sweep;
  const axes = Object.entries(grid).map(([name, axis]) => [name, axisText(axis)]);
  const holdoutPercent = holdout === null ? '' : String(Math.round(holdout * 100));
  return {
    bot: { ...bot, params: { ...bot.params, ...Object.fromEntries(axes) } },
    source: sourceDraftOf(view),
    sweep: { isSweep: true, rankedBy, holdoutPercent },
  };
}

/** What is wrong, by field; empty where all is well. Fields of parameters go by their names. */
export function checkBacktest(draft: BacktestDraft, strategy: StrategyDescription): DraftErrors {
  const { bot, source, sweep } = draft;
  const named = withName(bot, strategy);
  const found: [string, string | null][] = [
    ...sourceErrors(source),
    ['instrumentId', isInstrumentId(bot.instrumentId) ? null : t('errors.instrument')],
    ...(sweep.isSweep ? sweepErrors(draft, strategy) : []),
  ];
  // Of a sweep the parameters have been looked at already, several values each.
  const single = sweep.isSweep ? { ...named, params: defaultParams(strategy) } : named;
  return {
    ...checkDraft(single, strategy),
    ...Object.fromEntries(found.filter((one): one is [string, string] => one[1] !== null)),
  };
}

function sweepErrors(
  { bot, sweep }: BacktestDraft,
  strategy: StrategyDescription,
): readonly [string, string | null][] {
  const { judgement, text } = countRuns(gridOf(bot.params, strategy));
  return [
    ...axisErrors(bot.params, strategy),
    ['holdoutPercent', holdoutError(sweep)],
    ['runs', judgement === 'none' || judgement === 'tooMany' ? text : null],
  ];
}

/** The draft as the hub takes it. Only for a draft that has no errors. */
export function checkedBacktest(
  { bot, source, sweep }: BacktestDraft,
  strategy: StrategyDescription,
): RequestInput<'backtests.start'> {
  const named = withName(bot, strategy);
  const what = { source: checkedSource(source) };
  if (!sweep.isSweep) return { bot: checkedDraft(named, strategy), ...what };
  const single = { ...named, params: singleParams(bot.params, strategy) };
  return {
    bot: checkedDraft(single, strategy),
    ...what,
    sweep: checkedSweep(sweep, gridOf(bot.params, strategy)),
  };
}

/** A name is there for telling several apart; one may do without. */
const withName = (bot: BotDraft, strategy: StrategyDescription): BotDraft =>
  bot.name.trim() === '' ? { ...bot, name: strategy.name } : bot;
