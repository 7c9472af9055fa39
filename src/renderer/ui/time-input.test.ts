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

  it('are none where nothing is written', () => {
    for (const timeZone of ['local', 'utc'] as const) {
      setTimeZone(timeZone);
      expect(fromTimeInput('')).toBeNull();
      expect(fromTimeInput('yesterday')).toBeNull();
    }
  });
});
