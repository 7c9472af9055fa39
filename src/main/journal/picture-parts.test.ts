import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { PictureParts } from './picture-parts.ts';

const data = (text: string) => Buffer.from(text).toString('base64');

describe('PictureParts', () => {
  function open() {
    const clock = new FakeClock();
    const parts = new PictureParts(clock);
    const take = (entryId: string, part: number, text: string) => {
      const taken = parts.take({ entryId, part, parts: 2, data: data(text) });
      return taken.ok ? (taken.value?.toString() ?? null) : taken.error.code;
    };
    return { clock, take };
  }

  it('puts parts together, of several pictures at once', () => {
    const { take } = open();
    expect([take('a', 0, 'one '), take('b', 0, 'zwei ')]).toEqual([null, null]);
    expect([take('a', 1, 'two'), take('b', 1, 'drei')]).toEqual(['one two', 'zwei drei']);
    expect(take('a', 1, 'two')).toBe('conflict');
  });

  it('begins anew with a first part', () => {
    const { take } = open();
    take('a', 0, 'old ');
    take('a', 0, 'new ');
    expect(take('a', 1, 'end')).toBe('new end');
  });

  it('forgets what is not gone on with, and the oldest of too many', () => {
    const { clock, take } = open();
    take('a', 0, 'x');
    clock.advance(60_001);
    expect(take('a', 1, 'y')).toBe('conflict');
    for (let count = 0; count < 9; count++) take(`n${count}`, 0, 'x');
    expect(take('n0', 1, 'y')).toBe('conflict');
    expect(take('n8', 1, 'y')).toBe('xy');
  });
});
