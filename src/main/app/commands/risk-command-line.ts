import { type Command, InvalidArgumentError, Option } from 'commander';
import { positiveDecimalSchema } from '#contract/decimals.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { DAILY_LOSS_ACTIONS } from '#domain/risk-limits.ts';
import { type Limit, NONE } from './limit-option.ts';

function parseValue(text: string): Limit<DecimalString> {
  if (text === NONE) return NONE;
  const value = positiveDecimalSchema.safeParse(text);
  if (!value.success) throw new InvalidArgumentError(`A value is like 1000 or 12.5, or ${NONE}.`);
  return value.data;
}

function parseCount(text: string): Limit<number> {
  if (text === NONE) return NONE;
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError(`A whole number, or ${NONE}.`);
  return Number(text);
}

/** The commands about risk limits. `withHub` adds the options that say where a monitor runs. */
export function addRiskCommands(program: Command, withHub: (command: Command) => Command): void {
  const risk = program.command('risk').description('what all bots together may do');
  withHub(risk.command('limits').argument('[currency]', 'whose limits, such as USDT; all without'))
    .description('show the limits of all bots of a currency with their use, or change those given')
    .option('--max-position <value>', 'most that may be held', parseValue)
    .option('--max-order <value>', 'largest order', parseValue)
    .option('--max-daily-loss <value>', 'largest loss since midnight UTC', parseValue)
    .addOption(new Option('--at-daily-loss <action>', 'at that loss').choices(DAILY_LOSS_ACTIONS))
    .option('--max-open-orders <count>', 'most orders at once', parseCount)
    .option('--max-orders-per-minute <count>', 'most orders in a minute', parseCount)
    .option('--clear', 'no limits of that currency any more', false)
    .option('--json', 'as a line of JSON', false)
    .addHelpText('after', `\nA limit of \`${NONE}\` is no limit; those that are not given stay.`)
    .action(async (currency: string | undefined, options) => {
      const { riskLimits } = await import('./risk-limits-command.ts');
      process.exitCode = await riskLimits(currency, options);
    });
}
