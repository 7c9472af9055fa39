import { fail, type Result, succeed } from '#contract/errors.ts';
import type { BotView, RequestInput } from '#contract/requests.ts';
import { botLine } from './bot-line.ts';
import { connectToHub, type HubLine, type HubPlace } from './hub-request.ts';
import { isoTime } from './iso-time.ts';
import { answer, complain, tell } from './terminal.ts';

export interface BotsCommand extends HubPlace {
  readonly json: boolean;
}

/** What can be done with one bot, and is answered with how it then stands. */
type BotMethod =
  | 'bots.start'
  | 'bots.pause'
  | 'bots.stop'
  | 'bots.clone'
  | 'bots.archive'
  | 'bots.unarchive'
  | 'bots.update';

/** Does something on the running hub, and gives the exit code. */
export async function onHub(
  place: HubPlace,
  work: (hub: HubLine) => Promise<Result<readonly string[]>>,
): Promise<number> {
  const hub = await connectToHub(place);
  if (!hub.ok) return complain(hub.error.message);
  try {
    const done = await work(hub.value);
    if (!done.ok) return complain(done.error.message);
    for (const line of done.value) answer(line);
    return 0;
  } finally {
    hub.value.close();
  }
}

/** A line for each bot of the running hub. */
export const listBots = (command: BotsCommand & { readonly archived: boolean }) =>
  onHub(command, async (hub) => {
    const listed = await hub.ask('bots.list', { archived: command.archived });
    if (!listed.ok) return listed;
    const { bots } = listed.value;
    if (bots.length === 0) tell(command.archived ? 'No bot is archived.' : 'There are no bots.');
    return succeed(command.json ? [JSON.stringify(bots)] : bots.map(botLine));
  });

/** Has something done with a bot, and tells how it stands after that. */
export const actOnBot = <M extends BotMethod>(
  name: string,
  command: BotsCommand,
  method: M,
  rest: (bot: BotView, hub: HubLine) => Promise<Result<Omit<RequestInput<M>, 'botId'>>>,
) =>
  onHub(command, async (hub) => {
    const bot = await findBot(name, hub);
    if (!bot.ok) return bot;
    const params = await rest(bot.value, hub);
    if (!params.ok) return params;
    const { id: botId } = bot.value.config;
    const done = await hub.ask(method, { ...params.value, botId } as RequestInput<M>);
    return done.ok ? succeed(shown(done.value as BotView, command)) : done;
  });

export const removeBot = (name: string, command: HubPlace) =>
  onHub(command, async (hub) => {
    const bot = await findBot(name, hub);
    if (!bot.ok) return bot;
    const { id: botId, name: of } = bot.value.config;
    const removed = await hub.ask('bots.remove', { botId });
    return removed.ok ? succeed([`${botId}  ${of} is removed, with all that it did.`]) : removed;
  });

/** What its log says, oldest first. */
export const showBotLog = (name: string, command: BotsCommand & { readonly limit: number }) =>
  onHub(command, async (hub) => {
    const bot = await findBot(name, hub);
    if (!bot.ok) return bot;
    const { id: botId } = bot.value.config;
    const told = await hub.ask('bots.logs', { botId, limit: command.limit });
    if (!told.ok) return told;
    const entries = told.value.entries.toReversed();
    if (command.json) return succeed([JSON.stringify(entries)]);
    return succeed(
      entries.map(({ time, level, message }) => `${isoTime(time)}  ${level}  ${message}`),
    );
  });

export const shown = (bot: BotView, { json }: BotsCommand): readonly string[] => [
  json ? JSON.stringify(bot) : botLine(bot),
];

/** By its id, or its name where only one is called so; archived ones as well. */
export async function findBot(name: string, hub: HubLine): Promise<Result<BotView>> {
  const all: BotView[] = [];
  for (const archived of [false, true]) {
    const listed = await hub.ask('bots.list', { archived });
    if (!listed.ok) return listed;
    all.push(...listed.value.bots);
  }
  const byId = all.find(({ config }) => config.id === name);
  if (byId) return succeed(byId);
  const [found, ...more] = all.filter(({ config }) => config.name === name);
  if (!found) return fail('unknown_bot', `There is no bot ${name}`);
  if (more.length === 0) return succeed(found);
  const ids = [found, ...more].map(({ config }) => config.id).join(', ');
  return fail('invalid_payload', `Several bots are called ${name}: name one by its id (${ids}).`);
}
