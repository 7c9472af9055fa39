import type { Command } from 'commander';

/** The backtests of a running hub. `withHub` adds the options that say where it runs. */
export function addBacktestsCommands(
  backtests: Command,
  withHub: (command: Command) => Command,
): void {
  backtests.description('the backtests that a running hub keeps');
  withHub(backtests.command('list'))
    .description('list them, newest first')
    .option('--json', 'as one JSON array', false)
    .action(async (options) => {
      const { listBacktests } = await import('./backtests-command.ts');
      process.exitCode = await listBacktests(options);
    });
  withHub(backtests.command('show <id>'))
    .description('say what came of one')
    .option('--json', 'all of it as one JSON object', false)
    .option('--html <file>', 'write its report as a page that opens without a network')
    .action(async (id: string, options) => {
      const { showBacktest } = await import('./backtests-command.ts');
      process.exitCode = await showBacktest(id, options);
    });
  withHub(backtests.command('cancel <id>'))
    .description('end one at once')
    .action(async (id: string, options) => {
      const { cancelBacktest } = await import('./backtests-command.ts');
      process.exitCode = await cancelBacktest(id, options);
    });
  withHub(backtests.command('remove <id>'))
    .description('forget one that is over, and what came of it')
    .action(async (id: string, options) => {
      const { removeBacktest } = await import('./backtests-command.ts');
      process.exitCode = await removeBacktest(id, options);
    });
}
