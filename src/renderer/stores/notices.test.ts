import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Notices } from './notices.ts';

function start() {
  const clock = new FakeClock();
  const notices = new Notices(clock);
  const undone: string[] = [];
  const step = (name: string, reply: Result<unknown> = succeed(null)) =>
    notices.say({
      text: () => name,
      undo: async () => {
        undone.push(name);
        return reply;
      },
    });
  const shown = () => notices.store.getState().shown?.text() ?? null;
  return { clock, notices, undone, step, shown };
}

describe('notices', () => {
  it('say one thing at a time, until it is dismissed', () => {
    const { notices, shown } = start();
    notices.say({ text: () => 'one' });
    notices.say({ text: () => 'two' });
    expect([shown(), notices.canUndo]).toEqual(['two', false]);
    notices.dismiss();
    expect(shown()).toBeNull();
  });

  it('take the newest step back first, each once, also those that are no longer shown', async () => {
    const { notices, undone, step, shown } = start();
    step('one');
    step('two');
    notices.say({ text: () => 'something else' });
    notices.dismiss();
    await notices.undo();
    expect(shown()).toBe('Taken back: two');
    await notices.undo();
    await notices.undo();
    expect(undone).toEqual(['two', 'one']);
    expect(notices.canUndo).toBe(false);
  });

  it('leave alone what was taken back by another way', async () => {
    const { notices, undone, step, shown } = start();
    step('one');
    let isUndone = false;
    const undo = async () => succeed(null);
    const removed = { text: () => 'drawing removed', undo, isUndone: () => isUndone };
    notices.say(removed);
    isUndone = true;
    await notices.undo(removed);
    expect([undone, shown()]).toEqual([[], null]);
    await notices.undo();
    expect([undone, shown()]).toEqual([['one'], 'Taken back: one']);
    expect(notices.canUndo).toBe(false);
    isUndone = false;
    expect(notices.canUndo).toBe(true);
  });

  it('say why a step could not be taken back, and let it be tried again', async () => {
    const { notices, undone, step, shown } = start();
    step('one', fail('unavailable', 'The hub is gone.'));
    notices.dismiss();
    await notices.undo();
    expect(shown()).toBe('one');
    expect(notices.store.getState().failure?.message).toBe('The hub is gone.');
    await notices.undo();
    expect(undone).toEqual(['one', 'one']);
  });

  it('know whether something was done after a moment, or is being done', async () => {
    const { clock, notices, step } = start();
    const before = clock.now();
    expect(notices.hasNewerThan(before)).toBe(false);
    clock.advance(1);
    step('one');
    expect([notices.hasNewerThan(before), notices.hasNewerThan(clock.now())]).toEqual([
      true,
      false,
    ]);
    clock.advance(1);
    notices.say({ text: () => 'drawn', undo: async () => succeed(null), isOfDrawing: true });
    expect(notices.hasNewerThan(clock.now() - 1), 'a drawing has its own steps').toBe(false);
    const work = notices.sayOf(Promise.resolve(1), () => null);
    expect(notices.hasNewerThan(clock.now())).toBe(true);
    await work;
  });

  it('forget what was done long ago', async () => {
    const { clock, notices, undone, step } = start();
    step('one');
    clock.advance(5 * 60_000 + 1);
    expect(notices.canUndo).toBe(false);
    await notices.undo();
    expect(undone).toEqual([]);
  });

  it('take back what is under way, once it is done, and not the step before it', async () => {
    const { notices, undone, step } = start();
    step('one');
    const { promise: answer, resolve } = Promise.withResolvers<string>();
    const done = notices.sayOf(answer, (name) => ({
      text: () => name,
      undo: async () => succeed(undone.push(name)),
    }));
    const undoing = notices.undo();
    resolve('two');
    expect(await done).toBe('two');
    await undoing;
    expect(undone).toEqual(['two']);
  });

  it('take back what the button stands beside, whatever is under way', async () => {
    const { notices, undone, step } = start();
    step('one');
    const { shown } = notices.store.getState();
    const { promise, resolve } = Promise.withResolvers<null>();
    const other = notices.sayOf(promise, () => ({
      text: () => 'two',
      undo: async () => succeed(1),
    }));
    await notices.undo(shown ?? undefined);
    expect(undone).toEqual(['one']);
    resolve(null);
    await other;
    expect(notices.canUndo).toBe(true);
  });

  it('take the step before it back where what was under way came to nothing', async () => {
    const { notices, undone, step, shown } = start();
    step('one');
    const refused = notices.sayOf(Promise.resolve(null), () => null);
    const lost = notices.sayOf(Promise.reject(new Error('gone')), () => null);
    await notices.undo();
    expect([await refused, undone, shown()]).toEqual([null, ['one'], 'Taken back: one']);
    await expect(lost).rejects.toThrow('gone');
    expect(notices.canUndo).toBe(false);
  });

  it('do one undoing at a time', async () => {
    const { notices, undone, step } = start();
    step('one');
    step('two');
    await Promise.all([notices.undo(), notices.undo()]);
    expect(undone).toEqual(['two']);
  });
});
