import { succeed } from '#contract/errors.ts';
import { type BotsCommand, findBot, onHub } from './bots-command.ts';
import { fillLine, whyLines } from './fill-lines.ts';
import { tell } from './terminal.ts';

/** The newest fills of a bot, oldest first. */
export const listFills = (name: string, command: BotsCommand & { readonly limit: number }) =>
  onHub(command, async (hub) => {
    const bot = await findBot(name, hub);
    if (!bot.ok) return bot;
    const { id: botId } = bot.value.config;
    const listed = await hub.ask('fills.list', { botId, limit: command.limit });
    if (!listed.ok) return listed;
    const fills = listed.value.items.toReversed();
    if (fills.length === 0) tell('It has no fills.');
    return succeed(command.json ? [JSON.stringify(fills)] : fills.map(fillLine));
  });

export const explainFill = (fillId: string, command: BotsCommand) =>
  onHub(command, async (hub) => {
    const why = await hub.ask('fills.why', { fillId });
    if (!why.ok) return why;
    return succeed(command.json ? [JSON.stringify(why.value)] : whyLines(why.value));
  });
