import { type Result, succeed } from '#contract/errors.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { readParameters } from './bot-parameters.ts';
import { type SettingOptions, settingsOf } from './bot-settings-option.ts';
import { actOnBot, type BotsCommand, onHub, shown } from './bots-command.ts';
import type { HubLine } from './hub-request.ts';
import { strategyOf } from './strategies-command.ts';

/** `name=value`, of a strategy's parameters. */
interface Sets {
  readonly set: readonly string[];
}

export interface NewBotCommand extends BotsCommand, Sets, SettingOptions {
  readonly instrument: InstrumentId;
  readonly name?: string;
  readonly cash: DecimalString;
  readonly start: boolean;
}

export interface ChangedBotCommand extends BotsCommand, Sets, SettingOptions {
  readonly name?: string;
  readonly cash?: DecimalString;
}

export const createBot = (strategy: string, command: NewBotCommand) =>
  onHub(command, async (hub) => {
    const params = await parametersFor(strategy, command, hub);
    if (!params.ok) return params;
    const { instrument, cash, start, name = `${strategy} on ${instrument}` } = command;
    const made = await hub.ask('bots.create', {
      ...{ name, strategy, instrumentId: instrument, initialCash: cash, start },
      ...settingsOf(command),
      params: params.value,
    });
    return made.ok ? succeed(shown(made.value, command)) : made;
  });

/** What is not given stays as it is. */
export const changeBot = (name: string, command: ChangedBotCommand) =>
  actOnBot(name, command, 'bots.update', async ({ config }, hub) => {
    const params = await parametersFor(config.strategy, command, hub);
    if (!params.ok) return params;
    const changes: RequestInput<'bots.update'>['changes'] = {
      ...(command.name !== undefined && { name: command.name }),
      ...(command.cash !== undefined && { initialCash: command.cash }),
      ...settingsOf(command),
      ...(command.set.length > 0 && { params: params.value }),
    };
    return succeed({ changes });
  });

async function parametersFor(
  strategy: string,
  { set }: Sets,
  hub: HubLine,
): Promise<Result<Record<string, unknown>>> {
  if (set.length === 0) return succeed({});
  const found = await strategyOf(strategy, hub);
  return found.ok ? readParameters(set, found.value) : found;
}
