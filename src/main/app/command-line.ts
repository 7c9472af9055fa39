import { Command, InvalidArgumentError } from 'commander';
import { DEFAULT_HOST, DEFAULT_PORT } from '#contract/protocol.ts';
import { defaultDataDirectory } from './default-data-directory.ts';
import { type ServeCommand, serve } from './serve-command.ts';
import { version } from './version.ts';

const MAX_PORT = 65_535;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw new InvalidArgumentError(`A port is a whole number from 0 to ${MAX_PORT}.`);
  }
  return port;
}

const append = (item: string, list: readonly string[]): readonly string[] => [...list, item];

const withPlace = (command: Command): Command =>
  command
    .option('--host <host>', 'address of the hub', DEFAULT_HOST)
    .option('--port <port>', 'port of the hub, 0 for any free one', parsePort, DEFAULT_PORT)
    .option('--data-dir <directory>', 'where everything is kept', defaultDataDirectory());

const withFeeds = (command: Command): Command =>
  command.option(
    '--feed <spec>',
    'demo, demo@SEED or replay:FILE[@SPEED]; may be repeated',
    append,
    [] as readonly string[],
  );

/** The `tapedeck` commands. Exits the process where one ends. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('tapedeck')
    .description('A monitor for people who run trading bots.')
    .version(version)
    .showHelpAfterError('(--help lists the options)');
  withFeeds(withPlace(program.command('serve')))
    .description('run the monitor without a window, seen from a browser')
    .option('--no-open', 'do not open a browser')
    .option('--tls-cert <file>', 'certificate for an address beyond this machine')
    .option('--tls-key <file>', 'its private key')
    .option('--insecure-lan', 'allow an address beyond this machine without TLS', false)
    .option('--log-level <level>', 'debug, info, warn or error', 'warn')
    .action((options: ServeCommand) => serve(options));
  withFeeds(withPlace(program.command('doctor')))
    .description('check runtime, port, database, clock and feeds')
    .action(async (options) => {
      const { doctor } = await import('./doctor-command.ts');
      process.exitCode = await doctor(options);
    });
  const token = program.command('token').description('let browsers in');
  withPlace(token.command('open'))
    .description('print a fresh one-time address of a monitor in serve mode')
    .option('--tls', 'the hub speaks TLS', false)
    .action(async (options) => {
      const { openToken } = await import('./token-command.ts');
      process.exitCode = await openToken(options);
    });
  await program.parseAsync(argv);
}
