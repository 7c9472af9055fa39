import { describe, expect, it } from 'vitest';
import { parseSchedule } from './schedule-option.ts';

describe('hours on the command line', () => {
  it.each([
    ['Mon-Fri 09:00-17:00 Europe/Berlin', [1, 2, 3, 4, 5], '09:00', '17:00', 'Europe/Berlin'],
    ['sat,SUN 22:00-06:00 Asia/Seoul', [6, 0], '22:00', '06:00', 'Asia/Seoul'],
    ['Fri-Mon 00:00 - 00:00 UTC', [5, 6, 0, 1], '00:00', '00:00', 'UTC'],
    ['Mon-Tue,Thu 09:00-17:00 UTC', [1, 2, 4], '09:00', '17:00', 'UTC'],
  ])('%s', (text, days, from, to, timeZone) => {
    expect(parseSchedule(text)).toEqual({ days, from, to, timeZone });
  });

  it('are by the clock of this computer where no place is named, and none at all', () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(parseSchedule('Sun 09:00-17:00')).toMatchObject({ days: [0], timeZone });
    expect(parseSchedule('none')).toBe('none');
  });

  it.each([
    ['09:00-17:00', /like "Mon-Fri 09:00-17:00 Europe\/Berlin", or none/],
    ['', /like "Mon-Fri/],
    ['Mon-Funday 09:00-17:00 UTC', /Mon-Funday is no day or days of the week/],
    ['Mon,Mon 09:00-17:00 UTC', /Mon,Mon: a day is named twice/],
    ['Mon 9:00-17:00 UTC', /9:00: not a time of day \(HH:MM\)/],
    ['Mon 09:00-24:00 UTC', /24:00: not a time of day/],
    ['Mon 09:00-17:00 Europe/Atlantis', /Europe\/Atlantis: not a time zone/],
  ])('%s is refused: what is wrong, and what would do', (text, sentence) => {
    expect(() => parseSchedule(text)).toThrow(sentence);
  });
});
