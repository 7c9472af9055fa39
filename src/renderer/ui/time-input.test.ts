import { afterEach, describe, expect, it } from 'vitest';
import { setTimeZone } from './format.ts';
import { fromTimeInput, toTimeInput } from './time-input.ts';

const TIME = Date.UTC(2024, 7, 8, 23, 54, 14);

describe('times of an input', () => {
  afterEach(() => setTimeZone('local'));

  it.each(['local', 'utc'] as const)('come back as they were, to the second: %s', (timeZone) => {
    setTimeZone(timeZone);
    expect(fromTimeInput(toTimeInput(TIME))).toBe(TIME);
    expect(fromTimeInput(toTimeInput(TIME + 999))).toBe(TIME);
  });

  it('are those that the rest of the screen shows', () => {
    setTimeZone('utc');
    expect(toTimeInput(TIME)).toBe('2024-08-08T23:54:14');
    // As the browser leaves it when the seconds are none.
    expect(fromTimeInput('2024-08-08T23:54')).toBe(Date.UTC(2024, 7, 8, 23, 54));
  });

  it('are of an hour that there is twice the first one, or the last one for the end of a stretch', () => {
    const here = process.env['TZ'];
    process.env['TZ'] = 'America/New_York';
    const twice = '2026-11-01T01:30:00';
    expect(fromTimeInput(twice)).toBe(Date.parse('2026-11-01T05:30:00Z'));
    expect(fromTimeInput(twice, 'last')).toBe(Date.parse('2026-11-01T06:30:00Z'));
    expect(fromTimeInput('2026-11-01T02:30:00', 'last')).toBe(Date.parse('2026-11-01T07:30:00Z'));
    setTimeZone('utc');
    expect(fromTimeInput(twice, 'last')).toBe(Date.parse('2026-11-01T01:30:00Z'));
    if (here === undefined) delete process.env['TZ'];
    else process.env['TZ'] = here;
  });

  it('are none where nothing is written', () => {
    for (const timeZone of ['local', 'utc'] as const) {
      setTimeZone(timeZone);
      expect(fromTimeInput('')).toBeNull();
      expect(fromTimeInput('yesterday')).toBeNull();
    }
  });
});
