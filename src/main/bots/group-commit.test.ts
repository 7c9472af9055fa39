import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { GroupCommit } from './group-commit.ts';

const SPACING_MS = 4;

function setUp(maxSize = 3) {
  const clock = new FakeClock();
  const written: number[][] = [];
  let failure: Error | null = null;
  const group = new GroupCommit<number, string>({
    clock,
    spacingMs: SPACING_MS,
    maxSize,
    commit: (items) => {
      if (failure) throw failure;
      written.push([...items]);
      return items.map((item) => `kept ${item}`);
    },
    onFailure: (error) => `lost: ${String(error)}`,
  });
  const fail = (error: Error | null) => {
    failure = error;
  };
  return { clock, written, group, fail };
}

describe('a group commit', () => {
  it('[X4] answers nobody before the group is written', async () => {
    const { clock, written, group } = setUp();
    const answers: string[] = [];
    const first = group.add(1).then((answer) => answers.push(answer));
    const second = group.add(2).then((answer) => answers.push(answer));
    await Promise.resolve();
    expect([written, answers]).toEqual([[], []]);
    clock.advance(0);
    await Promise.all([first, second]);
    expect(written).toEqual([[1, 2]]);
    expect(answers).toEqual(['kept 1', 'kept 2']);
  });

  it('begins no group sooner after the one before than they are apart', async () => {
    const { clock, written, group } = setUp();
    const first = group.add(1);
    clock.advance(0);
    clock.advance(1);
    const others = [group.add(2)];
    clock.advance(SPACING_MS - 2);
    others.push(group.add(3));
    expect(written).toEqual([[1]]);
    clock.advance(1);
    await Promise.all([first, ...others]);
    expect(written).toEqual([[1], [2, 3]]);
  });

  it('lets nobody wait for longer where the clock is set back', async () => {
    const { clock, written, group } = setUp();
    const first = group.add(1);
    clock.advance(0);
    clock.advance(-3_600_000);
    const second = group.add(2);
    clock.advance(SPACING_MS);
    await Promise.all([first, second]);
    expect(written).toEqual([[1], [2]]);
  });

  it('waits no longer once it is full', async () => {
    const { written, group } = setUp(2);
    await Promise.all([group.add(1), group.add(2)]);
    expect(written).toEqual([[1, 2]]);
  });

  it('tells each of a group that could not be written, and goes on with the next', async () => {
    const { written, group, fail } = setUp(2);
    fail(new Error('disk full'));
    const lost = await Promise.all([group.add(1), group.add(2)]);
    expect(lost).toEqual(['lost: Error: disk full', 'lost: Error: disk full']);
    fail(null);
    expect(await Promise.all([group.add(3), group.add(4)])).toEqual(['kept 3', 'kept 4']);
    expect(written).toEqual([[3, 4]]);
  });

  it('writes what waits when it is flushed, and leaves no timer behind', async () => {
    const { clock, written, group } = setUp();
    const answer = group.add(1);
    group.flush();
    group.flush();
    expect(await answer).toBe('kept 1');
    expect(written).toEqual([[1]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('[X4] keeps the order of what comes, whatever the timing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 60 }), async (delays) => {
        const { clock, written, group } = setUp(7);
        const answers = delays.map((delayMs, index) => {
          const answer = group.add(index);
          clock.advance(delayMs);
          return answer;
        });
        group.flush();
        const all = delays.map((_, index) => index);
        expect(await Promise.all(answers)).toEqual(all.map((index) => `kept ${index}`));
        expect(written.flat()).toEqual(all);
        expect(written.every(({ length }) => length > 0 && length <= 7)).toBe(true);
      }),
    );
  });
});
