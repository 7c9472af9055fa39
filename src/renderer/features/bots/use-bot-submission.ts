import type { Result } from '#contract/errors.ts';
import type { BotView, RequestInput, StrategyDescription } from '#contract/requests.ts';
import { useActions } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { changedEntries } from '../../ui/followed-draft.ts';
import { useCommand } from '../../ui/use-command.ts';
import { type BotDraft, checkedDraft, draftOf } from './bot-draft.ts';

type Changes = RequestInput<'bots.update'>['changes'];

/** Only a stopped bot takes any other parameters, and is executed otherwise. */
export const takesParameters = (bot: Pick<BotRecord, 'status'> | undefined): boolean =>
  bot === undefined || bot.status.state === 'stopped' || bot.status.state === 'error';

/** Of these parameters those that the strategy takes while it runs. */
const changeableOf = (
  { parameters }: StrategyDescription,
  params: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    parameters
      .filter(({ name, whileRunning }) => whileRunning !== null && name in params)
      .map(({ name }) => [name, params[name]]),
  );

/** What the draft has otherwise than the bot: all else may have been changed elsewhere meanwhile. */
export function changesOf(
  bot: Pick<BotRecord, 'config' | 'status'>,
  draft: BotDraft,
  strategy: StrategyDescription,
): Changes {
  const {
    instrumentId: _instrument,
    strategy: _strategy,
    ...wanted
  } = checkedDraft(draft, strategy);
  const kept = checkedDraft(draftOf(bot), strategy);
  const { params: _params, limits: _limits, ...changed } = changedEntries(kept, wanted);
  const params = changedEntries(kept.params, wanted.params);
  const limits = changedEntries(kept.limits, wanted.limits);
  if (takesParameters(bot)) return { ...changed, params, limits };
  const { latencyMs, slippageBps, leverage, ...always } = changed;
  return { ...always, limits, params: changeableOf(strategy, params) };
}

/** Sends the form: a new bot, or what was changed of an old one. */
export function useBotSubmission(bot: BotRecord | undefined, onDone: (botId: string) => void) {
  const { bots } = useActions();
  const { isBusy, error, run } = useCommand();

  const send = (draft: BotDraft, strategy: StrategyDescription): Promise<Result<BotView>> =>
    bot === undefined
      ? bots.create({ ...checkedDraft(draft, strategy), start: true })
      : bots.update({ botId: bot.config.id, changes: changesOf(bot, draft, strategy) });
  const submit = (draft: BotDraft, strategy: StrategyDescription) =>
    run(async () => {
      const reply = await send(draft, strategy);
      if (reply.ok) onDone(reply.value.config.id);
      return reply;
    });
  return { isBusy, error, submit };
}
