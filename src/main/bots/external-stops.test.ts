import { beforeEach, describe, expect, it } from 'vitest';
import type { BotCommand } from '#contract/bot-records.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { ExternalBot, newExternalBot } from './external-bot.ts';
import { canBeStopped, ExternalStops, STOP_WAITS_MS } from './external-stops.ts';

/** A connection that remembers what it told. */
class FakeLine {
  isOpen = true;
  readonly told: BotCommand[] = [];

  command(command: BotCommand): boolean {
    if (this.isOpen) this.told.push(command);
    return this.isOpen;
  }
}

let clock: FakeClock;
let isKilled: boolean;
let changes: (string | null)[];
let stops: ExternalStops;
let bot: ExternalBot;
let ids = 0;

beforeEach(() => {
  clock = new FakeClock();
  isKilled = false;
  changes = [];
  ids = 0;
  bot = new ExternalBot(newExternalBot('b', 0 as EpochMs));
  bot.runtime = { ...bot.runtime, capabilities: ['stop'] };
  stops = openStops();
});

const openStops = () =>
  new ExternalStops({
    clock,
    createId: () => `c${++ids}`,
    isKilled: () => isKilled,
    keep: (kept, stop) => {
      kept.runtime = { ...kept.runtime, stop };
    },
    onChanged: ({ stopNote }) => changes.push(stopNote),
  });

const hear = (line: FakeLine, state?: 'running' | 'stopped'): void => {
  if (state) bot.runtime = { ...bot.runtime, state };
  stops.settle(bot);
  stops.heardFrom(bot, line);
};
const STOP = { botId: 'b', command: 'stop', id: 'c1' };

describe('the wish that an external bot stops', () => {
  it('[X4.9] is told over the connection that reports, and settled by its status alone', () => {
    const line = new FakeLine();
    hear(line);
    stops.ask(bot);
    expect(line.told).toEqual([STOP]);
    expect(bot.stopNote).toMatch(/has not answered yet/);
    hear(line, 'running');
    expect(line.told).toHaveLength(1);
    expect(bot.stopNote).toMatch(/has not answered yet/);
    hear(line, 'stopped');
    expect(bot.stopNote).toBeNull();
    hear(line, 'running');
    expect(line.told).toHaveLength(1);
  });

  it('[X4.9] says that it is not connected, and is told when it is back, once a connection', () => {
    stops.ask(bot);
    expect(bot.stopNote).toMatch(/not connected now/);
    const first = new FakeLine();
    hear(first);
    hear(first);
    expect(first.told).toEqual([STOP]);
    first.isOpen = false;
    const second = new FakeLine();
    hear(second);
    expect(second.told).toEqual([STOP]);
    expect(changes).toEqual([
      expect.stringMatching(/not connected/),
      expect.stringMatching(/Asked/),
    ]);
  });

  it('[X4.9] is told again with the same id when it is asked again', () => {
    const line = new FakeLine();
    hear(line);
    stops.ask(bot);
    stops.ask(bot);
    expect(line.told).toEqual([STOP, STOP]);
    line.isOpen = false;
    stops.ask(bot);
    expect(bot.stopNote).toMatch(/not connected now/);
  });

  it('[X4.9] ends after ten minutes, and says that nothing came of it', () => {
    stops.ask(bot);
    clock.advance(STOP_WAITS_MS - 1);
    stops.look(bot);
    expect(bot.stopNote).toMatch(/not connected now/);
    clock.advance(1);
    stops.look(bot);
    expect(bot.stopNote).toMatch(/did not within 10 minutes/);
    const line = new FakeLine();
    hear(line);
    expect(line.told).toEqual([]);
  });

  it('[X4.9] goes on after a restart, with the same id and no more time', () => {
    stops.ask(bot);
    const { runtime } = bot;
    bot = new ExternalBot({ ...newExternalBot('b', 0 as EpochMs), runtime });
    stops = openStops();
    stops.restore(bot);
    expect(bot.stopNote).toMatch(/not connected now/);
    const line = new FakeLine();
    hear(line);
    expect(line.told).toEqual([STOP]);
    expect(bot.runtime.stop).toEqual({ commandId: 'c1', endTime: clock.now() + STOP_WAITS_MS });
    clock.advance(STOP_WAITS_MS);
    stops.look(bot);
    expect(bot.runtime.stop).toBeNull();
    expect(bot.stopNote).toMatch(/did not within 10 minutes/);
  });

  it('[X3] is there of itself for as long as the kill switch is engaged', () => {
    isKilled = true;
    const line = new FakeLine();
    hear(line, 'stopped');
    expect(line.told).toEqual([]);
    hear(line, 'running');
    expect(line.told).toEqual([STOP]);
    bot.runtime = { ...bot.runtime, state: 'stopped' };
    hear(line);
    bot.runtime = { ...bot.runtime, state: 'running', capabilities: [] };
    hear(line);
    expect(canBeStopped(bot)).toBe(false);
    expect(line.told).toHaveLength(1);
  });

  it('[X4.9] is not for a bot of the same name that comes after it was deleted', () => {
    stops.ask(bot);
    stops.forget('b');
    const line = new FakeLine();
    hear(line);
    expect(line.told).toEqual([]);
  });
});
