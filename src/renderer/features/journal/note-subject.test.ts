import { afterEach, describe, expect, it } from 'vitest';
import { setTimeZone } from '../../ui/format.ts';
import { subjectOfNote } from './note-subject.ts';

describe('what a note is about', () => {
  const fill = { kind: 'fill', botId: 'b1', fillId: 'b1-f7' } as const;
  const now = Date.UTC(2026, 10, 28, 23, 30);
  afterEach(() => setTimeZone('local'));

  it('is the day that was chosen, whenever it is written', () => {
    expect(subjectOfNote('day', { fill, day: '2026-03-01', now })).toEqual({
      ...{ kind: 'day', date: '2026-03-01' },
    });
  });

  it('is today by the clock that is shown: half past eleven in UTC may be tomorrow here', () => {
    setTimeZone('utc');
    expect(subjectOfNote('day', { fill, day: null, now })).toMatchObject({ date: '2026-11-28' });
    setTimeZone('local');
    const here = new Date(now);
    const two = (part: number) => String(part).padStart(2, '0');
    expect(subjectOfNote('day', { fill, day: null, now })).toMatchObject({
      date: `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`,
    });
  });

  it('is the fill that is marked, and nothing where it no longer is', () => {
    expect(subjectOfNote('fill', { fill, day: null, now })).toBe(fill);
    expect(subjectOfNote('fill', { fill: null, day: null, now })).toEqual({ kind: 'none' });
    expect(subjectOfNote('none', { fill, day: '2026-03-01', now })).toEqual({ kind: 'none' });
  });
});
