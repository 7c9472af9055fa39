import { type Command, InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { botFeesShape, botSettingsShape } from '#contract/bot-settings.ts';
import type { BotSchedule } from '#domain/schedule.ts';
import {
  addLimitOptions,
  type LimitOptions,
  limitsOf,
  NONE,
  type OrNone,
  orNull,
} from './limit-option.ts';
import { parseSchedule } from './schedule-option.ts';

/** How a bot trades beside its strategy, as it is given. */
export interface SettingOptions extends LimitOptions {
  readonly makerFee?: number;
  readonly takerFee?: number;
  readonly latency?: number;
  readonly slippage?: number;
  readonly leverage?: number;
  readonly schedule?: OrNone<BotSchedule>;
}

const figureOf = (schema: z.ZodNumber) => (text: string) => {
  const figure = schema.safeParse(text.trim() === '' ? text : Number(text));
  if (figure.success) return figure.data;
  throw new InvalidArgumentError(`A number from ${schema.minValue} to ${schema.maxValue}.`);
};

const { makerFeeBps, takerFeeBps } = botFeesShape;
const { latencyMs, slippageBps, leverage } = botSettingsShape;

/** Of a bot that is made or changed. */
export const addSettingOptions = (command: Command): Command =>
  addLimitOptions(command)
    .option('--maker-fee <bps>', 'of an order that rests, in basis points', figureOf(makerFeeBps))
    .option('--taker-fee <bps>', 'of an order that takes, in basis points', figureOf(takerFeeBps))
    .option('--latency <ms>', 'from the decision to the exchange', figureOf(latencyMs))
    .option('--slippage <bps>', 'of a taker where no book tells', figureOf(slippageBps))
    .option(
      '--leverage <times>',
      'value it may hold, in multiples of its equity',
      figureOf(leverage),
    )
    .option(
      '--schedule <hours>',
      'when it trades: "Mon-Fri 09:00-17:00 Europe/Berlin"',
      parseSchedule,
    )
    .addHelpText(
      'after',
      `\nValues are in the quote currency. \`${NONE}\` is no limit, and no schedule: at any time.`,
    );

/** Those that were given. */
export function settingsOf(given: SettingOptions) {
  const limits = limitsOf(given);
  return {
    ...(given.makerFee !== undefined && { makerFeeBps: given.makerFee }),
    ...(given.takerFee !== undefined && { takerFeeBps: given.takerFee }),
    ...(given.latency !== undefined && { latencyMs: given.latency }),
    ...(given.slippage !== undefined && { slippageBps: given.slippage }),
    ...(given.leverage !== undefined && { leverage: given.leverage }),
    ...(given.schedule !== undefined && { schedule: orNull(given.schedule) }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}
