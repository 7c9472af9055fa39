import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestResult, StrategyDescription } from '#contract/requests.ts';
import { strategyLines } from './bot-parameters.ts';
import { type BotsCommand, onHub } from './bots-command.ts';
import type { HubLine } from './hub-request.ts';
import { tell } from './terminal.ts';

type Strategies = RequestResult<'strategies.list'>;
type Problem = Strategies['problems'][number];

/**
 * The strategies that bots may have, or one of them, with what it can be told. Files that are none as they
 * are come behind, for the person: a program reads strategies.
 */
export const showStrategies = (id: string | undefined, command: BotsCommand) =>
  onHub(command, async (hub) => {
    const listed = await hub.ask('strategies.list', {});
    if (!listed.ok) return listed;
    const { strategies, problems } = listed.value;
    const found = id === undefined ? succeed(strategies) : among(listed.value, id);
    if (!found.ok) return found;
    for (const problem of problems) {
      if (id === undefined || id === problem.strategyId) tell(problemLine(problem));
    }
    const shown = [found.value].flat();
    return succeed(command.json ? [JSON.stringify(shown)] : shown.flatMap(strategyLines));
  });

export async function strategyOf(id: string, hub: HubLine): Promise<Result<StrategyDescription>> {
  const listed = await hub.ask('strategies.list', {});
  return listed.ok ? among(listed.value, id) : listed;
}

function among({ strategies, problems }: Strategies, id: string): Result<StrategyDescription> {
  const found = strategies.find((strategy) => strategy.id === id);
  if (found) return succeed(found);
  const problem = problems.find(({ strategyId }) => strategyId === id);
  if (problem) return fail('invalid_payload', problemLine(problem));
  const known = strategies.map((strategy) => strategy.id).join(', ');
  return fail('invalid_payload', `There is no strategy ${id}. There are: ${known}.`);
}

const problemLine = ({ file, message, hasVersion }: Problem): string =>
  `${file} cannot be used as it now is: ${message}${hasVersion ? '. The version before goes on.' : ''}`;
