import type { RequestResult, StrategyDescription } from '#contract/requests.ts';

type Parameter = StrategyDescription['parameters'][number];
type Words = (sentence: string) => string;

interface Texts {
  readonly strategies: readonly StrategyDescription[] | null;
  readonly problems: readonly RequestResult<'strategies.list'>['problems'][number][];
}

/** What strategies say of themselves, in the words of the screen's language. */
export const inWords = <T extends Texts>(found: T, words: Words): T => ({
  ...found,
  strategies: found.strategies?.map((strategy) => strategyInWords(strategy, words)) ?? null,
  problems: found.problems.map((problem) => ({ ...problem, message: words(problem.message) })),
});

const strategyInWords = (strategy: StrategyDescription, words: Words): StrategyDescription => ({
  ...strategy,
  name: words(strategy.name),
  description: words(strategy.description),
  parameters: strategy.parameters.map((parameter) => parameterInWords(parameter, words)),
});

/** But for `base` and `quote`, which stand for the currencies of an instrument. */
const parameterInWords = (parameter: Parameter, words: Words): Parameter => ({
  ...parameter,
  label: words(parameter.label),
  description: words(parameter.description),
  unit: isCurrency(parameter.unit) ? parameter.unit : words(parameter.unit),
  whileRunning: parameter.whileRunning === null ? null : words(parameter.whileRunning),
});

const isCurrency = (unit: string): boolean => unit === 'base' || unit === 'quote';
