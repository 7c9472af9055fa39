import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { PLAIN_RUNTIME } from '#tests/fakes/stored-bot.ts';
import { Bot } from './bot.ts';
import { type BotChanges, type BotRuntime, onlyRuntime } from './bot-store.ts';
import { newExternalBot } from './external-bot.ts';
import { StepCommits } from './step-commits.ts';

const WINDOW_MS = 4;
const RUNTIME: BotRuntime = {
  ...{ botId: 'b1', state: 'running', error: null, cash: '1' as DecimalString, fillCount: 0 },
  ...{ lastFillTime: null, strategyState: null, orderSequence: 0, ...PLAIN_RUNTIME },
};

function setUp() {
  const clock = new FakeClock();
  const groups: BotChanges[][] = [];
  const { config } = newExternalBot('b1', clock.now());
  const ledger = { openOrders: () => [], position: () => undefined };
  const bot = new Bot({ config, runtime: RUNTIME }, ledger, clock);
  const commits = new StepCommits({
    ...{ userId: 'owner', clock, windowMs: WINDOW_MS, ticks: () => clock.now() },
    store: { commit: (steps) => void groups.push([...steps]) },
    ...{ publish: null, publishState: () => undefined },
    onFailure: (_, fault) => {
      throw fault;
    },
  });
  return { clock, groups, commits, step: () => commits.add(bot, onlyRuntime(bot.runtime)) };
}

const sizes = (groups: readonly BotChanges[][]) => groups.map(({ length }) => length);

describe('steps of bots', () => {
  it('[X4] of events that are in line together share one flush, when all are dealt with', () => {
    const { clock, groups, commits, step } = setUp();
    for (let event = 0; event < 3; event += 1) {
      step();
      commits.settle();
    }
    expect(groups).toEqual([]);
    clock.advance(0);
    expect(sizes(groups)).toEqual([3]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('wait for no longer than the window where the line is long', () => {
    const { clock, groups, commits, step } = setUp();
    const pass = clock.setTimeout;
    // While events are in line no timer gets its turn.
    clock.setTimeout = () => () => undefined;
    step();
    commits.settle();
    clock.advance(WINDOW_MS - 1);
    step();
    commits.settle();
    expect(groups).toEqual([]);
    clock.advance(1);
    commits.settle();
    expect(sizes(groups)).toEqual([2]);
    clock.setTimeout = pass;
    step();
    clock.advance(0);
    expect(sizes(groups)).toEqual([2, 1]);
  });
});
