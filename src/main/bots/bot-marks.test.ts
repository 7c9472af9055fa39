import { expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { Bot } from './bot.ts';
import { BotMarks } from './bot-marks.ts';

const bots = Array.from({ length: 200 }, (_, index) => ({ id: `b${index}` }) as Bot);

it('tells of each bot that moved once a period, and of fifty of them at a time', () => {
  const clock = new FakeClock();
  let told: Bot[] = [];
  const marks = new BotMarks(clock, (bot) => told.push(bot));
  for (const bot of bots) marks.add(bot);
  const atATime: number[] = [];
  for (let ms = 0; ms < 250; ms += 50) {
    const before = told.length;
    clock.advance(50);
    atATime.push(told.length - before);
  }
  expect(new Set(told).size).toBe(bots.length);
  expect(told).toHaveLength(bots.length);
  expect(atATime.toSorted((a, b) => a - b)).toEqual([0, 50, 50, 50, 50]);
  told = [];
  for (let ms = 0; ms < 1_000; ms += 5) {
    for (const bot of bots.slice(0, 3)) marks.add(bot);
    clock.advance(5);
  }
  expect(told).toHaveLength(3 * 4);
  for (const bot of bots.slice(0, 3)) {
    marks.add(bot);
    marks.forget(bot);
  }
  clock.advance(500);
  expect(told).toHaveLength(3 * 4);
  marks.dispose();
  expect(clock.pendingTimers).toBe(0);
});
