import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestInput, StrategyDescription } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { readParameters, strategyLines } from './bot-parameters.ts';
import { actOnBot, type BotsCommand, onHub, shown } from './bots-command.ts';
import type { HubLine } from './hub-request.ts';

/** `name=value`, of a strategy's parameters. */
interface Sets {
  readonly set: readonly string[];
}

export interface NewBotCommand extends BotsCommand, Sets {
  readonly instrument: InstrumentId;
  readonly name?: string;
  readonly cash: DecimalString;
  readonly start: boolean;
}

export interface ChangedBotCommand extends BotsCommand, Sets {
  readonly name?: string;
  readonly cash?: DecimalString;
}

/** The strategies that bots may have, or one of them, with what it can be told. */
export const showStrategies = (id: string | undefined, command: BotsCommand) =>
  onHub(command, async (hub) => {
    const found = id === undefined ? await strategiesOf(hub) : await oneOf(id, hub);
    if (!found.ok) return found;
    const shown = [found.value].flat();
    return succeed(command.json ? [JSON.stringify(shown)] : shown.flatMap(strategyLines));
  });

export const createBot = (strategy: string, command: NewBotCommand) =>
  onHub(command, async (hub) => {
    const params = await parametersFor(strategy, command, hub);
    if (!params.ok) return params;
    const { instrument, cash, start, name = `${strategy} on ${instrument}` } = command;
    const made = await hub.ask('bots.create', {
      ...{ name, strategy, instrumentId: instrument, initialCash: cash, start },
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
      ...(command.set.length > 0 && { params: { ...config.params, ...params.value } }),
    };
    return succeed({ changes });
  });

async function parametersFor(
  strategy: string,
  { set }: Sets,
  hub: HubLine,
): Promise<Result<Record<string, unknown>>> {
  if (set.length === 0) return succeed({});
  const found = await oneOf(strategy, hub);
  return found.ok ? readParameters(set, found.value) : found;
}

async function strategiesOf(hub: HubLine): Promise<Result<readonly StrategyDescription[]>> {
  const listed = await hub.ask('strategies.list', {});
  return listed.ok ? succeed(listed.value.strategies) : listed;
}

async function oneOf(id: string, hub: HubLine): Promise<Result<StrategyDescription>> {
  const all = await strategiesOf(hub);
  if (!all.ok) return all;
  const found = all.value.find((strategy) => strategy.id === id);
  if (found) return succeed(found);
  const known = all.value.map((strategy) => strategy.id).join(', ');
  return fail('invalid_payload', `There is no strategy ${id}. There are: ${known}.`);
}
