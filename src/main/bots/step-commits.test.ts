import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { PLAIN_RUNTIME } from '#tests/fakes/stored-bot.ts';
import { Bot } from './bot.ts';
import { type BotChanges, type BotRuntime, onlyRuntime } from './bot-store.ts';
import { newExternalBot } from './external-bot.ts';
import { StepCommits } from './step-commits.ts';

/** How long a flush to disk takes here. */
const FLUSH_MS = 3;
const RUNTIME: BotRuntime = {
  ...{ botId: 'b1', state: 'running', error: null, cash: '1' as DecimalString, fillCount: 0 },
  ...{ lastFillTime: null, strategyState: null, orderSequence: 0, ...PLAIN_RUNTIME },
};

function setUp() {
  const clock = new FakeClock();
  const groups: BotChanges[][] = [];
  let ticks = 0;
  const { config } = newExternalBot('b1', clock.now());
  const ledger = { openOrders: () => [], position: () => undefined, equity: null };
  const bot = new Bot({ config, runtime: RUNTIME }, ledger, clock);
  const commits = new StepCommits({
    ...{ userId: 'owner', clock, sharesFlushes: true, ticks: () => ticks },
    store: {
      commit: (steps) => {
        groups.push([...steps]);
        ticks += FLUSH_MS;
      },
    },
    ...{ publish: null, publishState: () => undefined },
    onFailure: (_, fault) => {
      throw fault;
    },
  });
  /** An event that one bot acts on, and that takes so long. */
  const event = (ms: number) => {
    ticks += ms;
    commits.add(bot, onlyRuntime(bot.runtime));
    commits.settle();
  };
  return { clock, groups, event };
}

const sizes = (groups: readonly BotChanges[][]) => groups.map(({ length }) => length);

describe('steps of bots', () => {
  it('are on disk with their event where the disk was left alone', () => {
    const { groups, event, clock } = setUp();
    event(0);
    event(1);
    event(1_000);
    expect(sizes(groups)).toEqual([1, 1, 1]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('[X4] of events in line share flushes', () => {
    const { groups, event } = setUp();
    for (let count = 0; count < 9; count += 1) event(0.25);
    expect(sizes(groups)).toEqual([1, 4, 4]);
  });

  it('[X4] are on disk when what is in line is dealt with', () => {
    const { clock, groups, event } = setUp();
    for (let count = 0; count < 3; count += 1) event(0.25);
    expect(sizes(groups)).toEqual([1]);
    clock.advance(0);
    expect(sizes(groups)).toEqual([1, 2]);
    expect(clock.pendingTimers).toBe(0);
  });
});
