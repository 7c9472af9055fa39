import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { DEFAULT_HOST, DEFAULT_PORT } from '#contract/protocol.ts';
import { SCOPES, type Scope, scopeSchema } from '#contract/scopes.ts';
import { SEVERITIES } from '#domain/notification.ts';
import { LOG_THRESHOLDS } from '#main/telemetry/log-thresholds.ts';
import { defaultDataDirectory } from '../default-data-directory.ts';
import { version } from '../version.ts';
import { append, parseSpeed } from './argument-values.ts';
import { addBacktestsCommands } from './backtests-command-line.ts';
import { addBotsCommands } from './bots-command-line.ts';
import { addDeckCommands } from './deck-command-line.ts';
import { addRiskCommands } from './risk-command-line.ts';
import { importedOption } from './source-options.ts';
import { addSweepCommand } from './sweep-command-line.ts';
import { addTapeCommands } from './tape-command-line.ts';
import { outliveReaders } from './terminal.ts';

const MAX_PORT = 65_535;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new InvalidArgumentError(`A port is a whole number from 0 to ${MAX_PORT}.`);
  }
  return port;
}

const DAY_S = 86_400;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: DAY_S };

function parseDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  if (!(seconds > 0)) throw new InvalidArgumentError('A time is like 90s, 30m, 12h or 7d.');
  return seconds;
}

const parseList = (text: string): string[] => text.split(',').filter((item) => item !== '');

function parseScopes(text: string): Scope[] {
  const scopes = z.array(scopeSchema).min(1).safeParse(parseList(text));
  if (!scopes.success) throw new InvalidArgumentError(`Scopes are ${SCOPES.join(', ')}.`);
  return scopes.data;
}

const logLevel = (): Option =>
  new Option('--log-level <level>', 'what is kept in the log files; warnings are shown as well')
    .choices(LOG_THRESHOLDS)
    .default('info');

const withPlace = (command: Command): Command =>
  command
    .option('--host <host>', 'address of the hub', DEFAULT_HOST)
    .option('--port <port>', 'port of the hub, 0 for any free one', parsePort, DEFAULT_PORT)
    .option('--data-dir <directory>', 'where everything is kept', defaultDataDirectory());

const withFeeds = (command: Command): Command =>
  command.option(
    '--feed <spec>',
    'demo, demo@SEED, ccxt:EXCHANGE:SYMBOLS, deriv:SYMBOLS or replay:FILE_OR_RANGE[@SPEED]; may be repeated',
    append,
    [] as readonly string[],
  );

/** The `tapedeck` commands. Exits the process where one ends. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  outliveReaders();
  const program = new Command('tapedeck')
    .description('A monitor for people who run trading bots.')
    .version(version)
    .showHelpAfterError('(--help lists the options)');
  withFeeds(withPlace(program.command('serve')))
    .description('run the monitor without a window, seen from a browser')
    .option('--no-open', 'do not open a browser')
    .option('--exchange-config <file>', 'how exchanges are reached: addresses, options, proxies')
    .option('--tls-cert <file>', 'certificate for an address beyond this machine')
    .option('--tls-key <file>', 'its private key')
    .option('--insecure-lan', 'allow an address beyond this machine without TLS', false)
    .option(
      '--public-url <url>',
      'by what browsers reach it through a proxy (https://tape.example); may be repeated',
      append,
      [] as readonly string[],
    )
    .addOption(logLevel())
    .action(async (options) => {
      const { serve } = await import('./serve-command.ts');
      await serve(options);
    });
  withFeeds(withPlace(program.command('doctor')))
    .description('check runtime, port, database, clock and feeds')
    .action(async (options) => {
      const { doctor } = await import('./doctor-command.ts');
      process.exitCode = await doctor(options);
    });
  addReplayCommand(program.command('replay'));
  addSweepCommand(program.command('sweep'));
  addTokenCommands(program.command('token').description('let browsers and programs in'));
  withHub(program.command('announce').argument('<text>', 'what to say, in one line'))
    .description('tell everyone on a running hub')
    .addOption(new Option('--severity <severity>').choices(SEVERITIES).default('info'))
    .option('--body <text>', 'more to say', '')
    .action(async (text, options) => {
      const { announce } = await import('./announce-command.ts');
      process.exitCode = await announce(text, options);
    });
  addKillCommands(program);
  addRiskCommands(program, withHub);
  addTapeCommands(program, withHub);
  addBotsCommands(program.command('bots'), withHub);
  addDeckCommands(program.command('deck'), withHub);
  addBacktestsCommands(program.command('backtests'), withHub);
  await program.parseAsync(argv);
}

function addReplayCommand(command: Command): void {
  const none: readonly string[] = [];
  command
    .description('play bots over the tape, a recording or candles, and report on them')
    .option('--bot <file>', 'JSON of a bot; may be repeated', append, none)
    .option('--alert <file>', 'JSON of alert rules; may be repeated', append, none)
    .option('--instrument <id>', 'of the tape; may be repeated', append, none)
    .option('--range <from..to>', 'ISO 8601 or epoch milliseconds; all there is without')
    .option('--file <recording>', 'a recording of raw Binance streams in place of the tape')
    .option('--candles <file>', 'candles in place of the tape: CSV with a header, or packed')
    .addOption(importedOption())
    .option(
      '--speed <speed>',
      '0.1 to 1000 times the pace of the market, or max',
      parseSpeed,
      'max',
    )
    .option('--data-dir <directory>', 'where the tape is kept', defaultDataDirectory())
    .option('--json', 'print one JSON object', false)
    .option('--html <file>', 'write the report as a page that opens without a network')
    .addHelpText(
      'after',
      '\nNo seed: nothing in a replay is left to chance. The same trades and the same bots give the ' +
        'same fills to the last digit, at any speed, here and on a deck.',
    )
    .action(async (options) => {
      const { replay } = await import('./replay-command.ts');
      process.exitCode = await replay(options);
    });
}

function addKillCommands(program: Command): void {
  withHub(program.command('kill'))
    .description('cancel all orders and stop all bots of a running hub, at once')
    .option('--flatten', 'close their positions as well', false)
    .option('--reason <text>', 'what the user is told of it', 'engaged from the command line')
    .action(async (options) => {
      const { kill } = await import('./kill-command.ts');
      process.exitCode = await kill(options);
    });
  withHub(program.command('release'))
    .description('let bots be started again after kill')
    .action(async (options) => {
      const { release } = await import('./kill-command.ts');
      process.exitCode = await release(options);
    });
}

const withHub = (command: Command): Command =>
  withPlace(command).option('--tls', 'the hub speaks TLS', false);

function addTokenCommands(token: Command): void {
  withHub(token.command('open'))
    .description('print a fresh one-time address of a monitor in serve mode')
    .action(async (options) => {
      const { openToken } = await import('./token-command.ts');
      process.exitCode = await openToken(options);
    });
  withHub(token.command('issue'))
    .description('print a token for a program or another person')
    .requiredOption('--user <id>', 'whom it speaks for')
    .requiredOption('--scope <list>', `what it may do: of ${SCOPES.join(', ')}`, parseScopes)
    .option('--bots <list>', 'ids of the bots that it reaches', parseList)
    .option('--expires <time>', 'how long it is good: 90s, 30m, 12h, 7d', parseDuration, 7 * DAY_S)
    .action(async ({ expires, ...options }) => {
      const { issueToken } = await import('./token-command.ts');
      process.exitCode = await issueToken({ ...options, expiresInSeconds: expires });
    });
  withHub(token.command('list'))
    .description('list the tokens that were issued')
    .action(async (options) => {
      const { listTokens } = await import('./token-command.ts');
      process.exitCode = await listTokens(options);
    });
  withHub(token.command('revoke <id>'))
    .description('end a token and the connections that it opened')
    .action(async (id: string, options) => {
      const { revokeToken } = await import('./token-command.ts');
      process.exitCode = await revokeToken(id, options);
    });
}
