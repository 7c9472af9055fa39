import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';
import { missingSentence } from '#main/bots/missing-strategy.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { USUAL_LIMITS } from '#main/bots/user-strategies/strategy-thread.ts';
import {
  type StrategyProblem,
  UserStrategies,
} from '#main/bots/user-strategies/user-strategies.ts';
import { USER_TSCONFIG, USER_TYPES } from '#main/bots/user-strategies/user-types.ts';
import type { Log } from '#main/telemetry/log.ts';

/** All strategies that a bot can have. */
export interface StrategyShelf {
  /** As they are now: the same array, changed in place. */
  readonly strategies: readonly StrategyDefinition[];
  /** Files that cannot be used as they are. */
  problems(): readonly StrategyProblem[];
  /** Begins to look at files when they change. */
  watch(listener: ShelfListener): void;
  close(): void;
}

interface ShelfListener {
  readonly onRenewed: (strategyId: string) => void;
  readonly onProblem: (problem: StrategyProblem) => void;
}

const FOLDER = 'strategies';

/** Those that come with Tapedeck, and none of the user's. */
const BUILT_IN_SHELF: StrategyShelf = {
  strategies: BUILT_IN_STRATEGIES,
  problems: () => [],
  watch: () => undefined,
  close: () => undefined,
};

/**
 * With those of the user's folder. For the monitor that has the data directory the folder is made, and
 * the types are put into it; who only reads there takes what it finds.
 */
export async function openStrategyShelf(
  dataDirectory: string,
  { clock, log, isOwner }: { clock: TimerClock; log: Log; isOwner: boolean },
): Promise<StrategyShelf> {
  const folder = join(dataDirectory, FOLDER);
  if (isOwner) prepare(folder, log);
  if (!existsSync(folder)) return BUILT_IN_SHELF;
  const strategies: StrategyDefinition[] = [];
  let listener: ShelfListener | null = null;
  const user = new UserStrategies({
    ...{ folder, clock, limits: USUAL_LIMITS },
    onListed: (definitions) => {
      strategies.splice(0, strategies.length, ...BUILT_IN_STRATEGIES, ...definitions);
    },
    onRenewed: (id) => listener?.onRenewed(id),
    onProblem: (problem) => {
      const { file, message } = problem;
      log.warn({ file, reason: message }, 'a strategy’s file cannot be used');
      listener?.onProblem(problem);
    },
  });
  await user.look();
  return {
    strategies,
    problems: () => user.problems,
    watch: (told) => {
      listener = told;
      user.watch();
    },
    close: () => user.dispose(),
  };
}

/** By the names of their files: where those lie is nobody's business. */
export const strategyProblems = (shelf: Pick<StrategyShelf, 'problems'>): StrategyProblem[] =>
  shelf.problems().map((problem) => ({ ...problem, file: basename(problem.file) }));

/** What is wrong with the file of a strategy; undefined where nothing is, or there is no such file. */
export const strategyProblem = (
  shelf: Pick<StrategyShelf, 'problems'>,
  id: string,
): string | undefined => shelf.problems().find(({ strategyId }) => strategyId === id)?.message;

/** Whether all of these can be had; the sentence says why one of them cannot. */
export function haveStrategies(
  shelf: Pick<StrategyShelf, 'strategies' | 'problems'>,
  ids: readonly string[],
): Result<void> {
  const missing = ids.find((id) => !shelf.strategies.some((strategy) => strategy.id === id));
  if (missing === undefined) return succeed(undefined);
  return fail('invalid_payload', missingSentence(missing, strategyProblem(shelf, missing)));
}

function prepare(folder: string, log: Log): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'tapedeck.d.ts'), USER_TYPES);
    const config = join(folder, 'tsconfig.json');
    if (!existsSync(config)) writeFileSync(config, USER_TSCONFIG);
  } catch (error) {
    // Strategies run without their types; an editor misses them.
    log.warn({ err: error }, 'the types for strategies could not be written');
  }
}
