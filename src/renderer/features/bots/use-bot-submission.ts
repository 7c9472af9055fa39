import type { Result } from '#contract/errors.ts';
import type { BotView, StrategyDescription } from '#contract/requests.ts';
import { useActions } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { useCommand } from '../../ui/use-command.ts';
import { type BotDraft, checkedDraft } from './bot-draft.ts';

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

/** Sends the form: a new bot, or what may be changed of an old one. */
export function useBotSubmission(bot: BotRecord | undefined, onDone: (botId: string) => void) {
  const { bots } = useActions();
  const { isBusy, error, run } = useCommand();

  const send = (draft: BotDraft, strategy: StrategyDescription): Promise<Result<BotView>> => {
    const checked = checkedDraft(draft, strategy);
    if (bot === undefined) return bots.create({ ...checked, start: true });
    const { instrumentId: _, strategy: __, params, ...settings } = checked;
    const { latencyMs, slippageBps, leverage, ...always } = settings;
    const execution = { latencyMs, slippageBps, leverage };
    const changes = takesParameters(bot)
      ? { ...always, ...execution, params }
      : { ...always, params: changeableOf(strategy, params) };
    return bots.update({ botId: bot.config.id, changes });
  };
  const submit = (draft: BotDraft, strategy: StrategyDescription) =>
    run(async () => {
      const reply = await send(draft, strategy);
      if (reply.ok) onDone(reply.value.config.id);
      return reply;
    });
  return { isBusy, error, submit };
}
