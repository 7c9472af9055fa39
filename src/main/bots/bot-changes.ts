import { fail, type Result, succeed } from '#contract/errors.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import { type Decimal, decimal, ZERO } from '#domain/decimal.ts';
import type { Bot } from './bot.ts';
import type { StrategyDefinition } from './strategy.ts';

type Changes = RequestParams<'bots.update'>['changes'];

/** How a bot changes, once it is known that it may. */
export interface ConfigChange {
  readonly config: BotConfig;
  /** Paid in; less than zero is taken out. */
  readonly deposit: Decimal;
  /** That the strategy goes on with other parameters, in words; null where it has the same. */
  readonly otherParameters: string | null;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What may change of a bot as it stands: everything at any time but its parameters, which need a
 * stop unless its strategy takes them while it runs.
 */
export function configChange(
  bot: Bot,
  changes: Changes,
  strategy: StrategyDefinition,
): Result<ConfigChange> {
  const { config } = bot;
  const params = parseParams(strategy, { ...knownOf(config.params, strategy), ...changes.params });
  if (!params.ok) return params;
  const limits = { ...config.limits, ...changes.limits };
  const next: BotConfig = { ...config, ...definedOf(changes), limits, params: params.value };
  const refusal = refusalOf(bot, next, strategy);
  if (refusal !== undefined) return fail('invalid_state', refusal);
  const deposit = decimal(next.initialCash).minus(config.initialCash);
  if (decimal(next.initialCash).lt(ZERO)) {
    return fail('invalid_payload', 'initialCash: must not be negative');
  }
  const cash = bot.run?.account.cash ?? decimal(bot.runtime.cash);
  if (deposit.lt(ZERO) && cash.plus(deposit).lt(ZERO)) {
    return fail('invalid_state', `initialCash: only ${cash.toFixed()} can be taken out`);
  }
  const isSameStrategy = isSame(next.params, config.params);
  const otherParameters = isSameStrategy ? null : changeSentence(config, next, strategy);
  return succeed({ config: next, deposit, otherParameters });
}

function refusalOf(bot: Bot, next: BotConfig, strategy: StrategyDefinition): string | undefined {
  const { config, standing } = bot;
  if (standing.state !== 'running' && standing.state !== 'paused') return undefined;
  const safe = Object.keys(strategy.safeParameters ?? {});
  const unsafe = changedParams(config, next).filter((name) => !safe.includes(name));
  if (unsafe.length === 0) return undefined;
  const allowed = safe.length > 0 ? `; ${safe.join(', ')} can change while it runs` : '';
  return `Stop the bot before changing ${unsafe.join(', ')}${allowed}`;
}

const changedParams = (before: BotConfig, after: BotConfig): readonly string[] =>
  Object.keys(after.params).filter((name) => !isSame(after.params[name], before.params[name]));

/** For the log of a bot that goes on with other parameters. */
function changeSentence(before: BotConfig, after: BotConfig, strategy: StrategyDefinition): string {
  const changes = changedParams(before, after).map((name) => {
    const when = strategy.safeParameters?.[name];
    const change = `${name} from ${before.params[name]} to ${after.params[name]}`;
    return when === undefined ? change : `${change}, which takes effect ${when}`;
  });
  return `Its parameters change: ${changes.join('; ')}`;
}

/** A strategy of the user's may have lost some since. */
const knownOf = (params: BotConfig['params'], { parameters }: StrategyDefinition) =>
  Object.fromEntries(
    Object.entries(params).filter(([name]) => Object.hasOwn(parameters.shape, name)),
  );

/** What is not named stays as it is. */
const definedOf = (changes: Changes): Partial<BotConfig> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

export function parseParams(
  strategy: StrategyDefinition,
  given: unknown,
): Result<Record<string, unknown>> {
  const parsed = strategy.parameters.safeParse(given);
  if (parsed.success) return succeed(parsed.data);
  const issue = parsed.error.issues[0];
  const field = ['params', ...(issue?.path ?? [])].join('.');
  return fail('invalid_payload', `${field}: ${issue?.message ?? 'invalid'}`);
}
