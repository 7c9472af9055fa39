import { type Command, InvalidArgumentError } from 'commander';
import { decimalStringSchema } from '#contract/decimals.ts';
import { succeed } from '#contract/errors.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { append, parseInstrument } from './argument-values.ts';
import { addSettingOptions } from './bot-settings-option.ts';

const NONE: readonly string[] = [];
const MOST_LOG_LINES = 1_000;
const USUAL_CASH = '10000' as DecimalString;

function parseMoney(text: string): DecimalString {
  const money = decimalStringSchema.safeParse(text);
  if (!money.success) throw new InvalidArgumentError('An amount is like 10000 or 12.5.');
  return money.data;
}

function parseLines(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= MOST_LOG_LINES) return count;
  throw new InvalidArgumentError(`A whole number up to ${MOST_LOG_LINES}.`);
}

type OnHub = (command: Command) => Command;

/** The bots of a running hub. `withHub` adds the options that say where it runs. */
export function addBotsCommands(bots: Command, withHub: OnHub): void {
  const onHub: OnHub = (command) => withHub(command).option('--json', 'as a line of JSON', false);
  bots
    .description('the bots of a running hub')
    .addHelpText('after', '\nA bot is named by its id, or by its name where only one has it.');
  onHub(bots.command('list'))
    .description('a line for each: how it stands, what it has and what it did')
    .option('--archived', 'those that were put out of sight', false)
    .action(async (options) => {
      const { listBots } = await import('./bots-command.ts');
      process.exitCode = await listBots(options);
    });
  onHub(bots.command('log <bot>'))
    .description('what its log says, oldest first')
    .option('--limit <lines>', 'the newest so many', parseLines, 100)
    .action(async (bot: string, options) => {
      const { showBotLog } = await import('./bots-command.ts');
      process.exitCode = await showBotLog(bot, options);
    });
  addFills(bots, onHub);
  addMaking(bots, onHub);
  addLife(bots, onHub);
  withHub(bots.command('remove <bot>'))
    .description('delete one that does not run, with all that it did')
    .action(async (bot: string, options) => {
      const { removeBot } = await import('./bots-command.ts');
      process.exitCode = await removeBot(bot, options);
    });
}

function addFills(bots: Command, onHub: OnHub): void {
  onHub(bots.command('fills <bot>'))
    .description('what it bought and sold, oldest first')
    .option('--limit <lines>', 'the newest so many', parseLines, 100)
    .action(async (bot: string, options) => {
      const { listFills } = await import('./fills-command.ts');
      process.exitCode = await listFills(bot, options);
    });
  onHub(bots.command('why <fill>'))
    .description('why a fill came to be, and how long each step took; by its id')
    .action(async (fill: string, options) => {
      const { explainFill } = await import('./fills-command.ts');
      process.exitCode = await explainFill(fill, options);
    });
}

function addMaking(bots: Command, onHub: OnHub): void {
  onHub(bots.command('strategies').argument('[id]', 'of one only'))
    .description('the strategies, with the parameters that each takes')
    .action(async (id: string | undefined, options) => {
      const { showStrategies } = await import('./strategies-command.ts');
      process.exitCode = await showStrategies(id, options);
    });
  const create = onHub(bots.command('create <strategy>'))
    .description('make one, and start it')
    .requiredOption('--instrument <id>', 'what it trades', parseInstrument)
    .option('--name <name>', 'what it is called')
    .option('--cash <amount>', 'what it begins with, in the quote currency', parseMoney, USUAL_CASH)
    .option('--set <name=value>', 'a parameter of its strategy; may be repeated', append, NONE)
    .option('--no-start', 'leave it stopped');
  addSettingOptions(create).action(async (strategy: string, options) => {
    const { createBot } = await import('./new-bot-command.ts');
    process.exitCode = await createBot(strategy, options);
  });
  const change = onHub(bots.command('change <bot>'))
    .description('change what is given; the rest stays')
    .option('--name <name>', 'what it is called')
    .option('--cash <amount>', 'all that was paid in: the difference is a deposit', parseMoney)
    .option('--set <name=value>', 'a parameter of its strategy; may be repeated', append, NONE);
  addSettingOptions(change).action(async (bot: string, options) => {
    const { changeBot } = await import('./new-bot-command.ts');
    process.exitCode = await changeBot(bot, options);
  });
  onHub(bots.command('clone <bot>'))
    .description('make another one of the same settings, stopped')
    .option('--name <name>', 'what it is called')
    .action(async (bot: string, options) => {
      const { actOnBot } = await import('./bots-command.ts');
      const { name } = options;
      process.exitCode = await actOnBot(bot, options, 'bots.clone', async () => succeed({ name }));
    });
}

function addLife(bots: Command, onHub: OnHub): void {
  const simple = [
    ['start', 'bots.start', 'let it run, or go on'],
    ['archive', 'bots.archive', 'put one that rests out of sight, with its history kept'],
    ['restore', 'bots.unarchive', 'bring an archived one back'],
  ] as const;
  for (const [name, method, description] of simple) {
    onHub(bots.command(`${name} <bot>`))
      .description(description)
      .action(async (bot: string, options) => {
        const { actOnBot } = await import('./bots-command.ts');
        process.exitCode = await actOnBot(bot, options, method, async () => succeed({}));
      });
  }
  onHub(bots.command('pause <bot>'))
    .description('keep its position and send nothing until it is started')
    .option('--cancel-orders', 'cancel its orders; without, they wait off the market', false)
    .action(async (bot: string, options) => {
      const { actOnBot } = await import('./bots-command.ts');
      const orders = options.cancelOrders ? 'cancel' : 'keep';
      process.exitCode = await actOnBot(bot, options, 'bots.pause', async () =>
        succeed({ orders } as const),
      );
    });
  onHub(bots.command('stop <bot>'))
    .description('cancel its orders and end its run')
    .option('--flatten', 'close its position as well', false)
    .action(async (bot: string, options) => {
      const { actOnBot } = await import('./bots-command.ts');
      const position = options.flatten ? 'flatten' : 'keep';
      process.exitCode = await actOnBot(bot, options, 'bots.stop', async () =>
        succeed({ position } as const),
      );
    });
}
