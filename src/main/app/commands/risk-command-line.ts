import type { Command } from 'commander';
import { addLimitOptions, NONE } from './limit-option.ts';

/** The commands about risk limits. `withHub` adds the options that say where a monitor runs. */
export function addRiskCommands(program: Command, withHub: (command: Command) => Command): void {
  const risk = program.command('risk').description('what all bots together may do');
  const limits = risk
    .command('limits')
    .argument('[currency]', 'whose limits, such as USDT; all without');
  addLimitOptions(withHub(limits))
    .description('show the limits of all bots of a currency with their use, or change those given')
    .option('--clear', 'no limits of that currency any more', false)
    .option('--json', 'as a line of JSON', false)
    .addHelpText('after', `\nA limit of \`${NONE}\` is no limit; those that are not given stay.`)
    .action(async (currency: string | undefined, options) => {
      const { riskLimits } = await import('./risk-limits-command.ts');
      process.exitCode = await riskLimits(currency, options);
    });
}
