import { idleStrategy } from './closing-strategy.ts';
import type { StrategyDefinition } from './strategy.ts';

/** Why there is no strategy of an id: what is wrong with its file; undefined where there is none. */
export type WhyMissing = (strategyId: string) => string | undefined;

export function missingSentence(id: string, why: string | undefined): string {
  return why === undefined
    ? `there is no strategy ${id}`
    : `the file of the strategy ${id} cannot be used: ${why}`;
}

/** Stands for a strategy that cannot be had: it stops its bot with the reason. */
export const missingStrategy = (id: string, why: string | undefined): StrategyDefinition => ({
  ...idleStrategy,
  create: () => {
    throw new Error(missingSentence(id, why));
  },
});
