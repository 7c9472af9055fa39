import { describe, expect, it } from 'vitest';
import type { BotSchedule } from '#domain/schedule.ts';
import type { EpochMs } from '#domain/units.ts';
import { BotHours } from './bot-hours.ts';

const at = (text: string) => Date.parse(text) as EpochMs;
const WEEKDAYS = [1, 2, 3, 4, 5];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const schedule = (changes: Partial<BotSchedule> = {}): BotSchedule => ({
  ...{ days: WEEKDAYS, from: '09:00', to: '17:30', timeZone: 'Europe/Berlin', ...changes },
});
const openAt = (text: string, changes: Partial<BotSchedule> = {}) =>
  new BotHours(schedule(changes)).isOpen(at(text));

describe('the hours of a bot', () => {
  it('are always without a schedule', () => {
    expect(new BotHours(null).isOpen(at('2025-01-01T03:00:00Z'))).toBe(true);
  });

  it('begin with their first moment and end before their last', () => {
    expect(openAt('2025-01-15T07:59:59.999Z')).toBe(false);
    expect(openAt('2025-01-15T08:00:00.000Z')).toBe(true);
    expect(openAt('2025-01-15T16:29:59.999Z')).toBe(true);
    expect(openAt('2025-01-15T16:30:00.000Z')).toBe(false);
    expect(openAt('2025-01-18T10:00:00Z')).toBe(false);
  });

  it('follow the clock of their place over a change to summer time and back', () => {
    expect(openAt('2025-03-28T08:00:00Z')).toBe(true);
    expect(openAt('2025-03-28T07:30:00Z')).toBe(false);
    expect(openAt('2025-03-31T07:30:00Z')).toBe(true);
    expect(openAt('2025-10-24T07:30:00Z')).toBe(true);
    expect(openAt('2025-10-27T07:30:00Z')).toBe(false);
  });

  it('may last over midnight, and count to the day on which they begin', () => {
    const night = { days: [5], from: '22:00', to: '06:00', timeZone: 'UTC' };
    expect(openAt('2025-01-17T21:59:00Z', night)).toBe(false);
    expect(openAt('2025-01-17T23:00:00Z', night)).toBe(true);
    expect(openAt('2025-01-18T05:59:00Z', night)).toBe(true);
    expect(openAt('2025-01-18T06:00:00Z', night)).toBe(false);
    expect(openAt('2025-01-18T23:00:00Z', night)).toBe(false);
  });

  it('last all day where they end as they begin', () => {
    const whole = { days: WEEKDAYS, from: '00:00', to: '00:00', timeZone: 'UTC' };
    expect(openAt('2025-01-15T12:00:00Z', whole)).toBe(true);
    expect(openAt('2025-01-15T00:00:00Z', whole)).toBe(true);
    expect(openAt('2025-01-18T12:00:00Z', whole)).toBe(false);
    expect(openAt('2025-01-19T23:59:59Z', whole)).toBe(false);
    expect(openAt('2025-01-18T12:00:00Z', { ...whole, days: EVERY_DAY })).toBe(true);
  });

  it('leave out a session that a change of clocks has swallowed', () => {
    const swallowed = { days: [0], from: '02:10', to: '02:40' };
    expect(openAt('2025-03-29T12:00:00Z', swallowed)).toBe(false);
    expect(openAt('2025-03-23T01:20:00Z', swallowed)).toBe(true);
  });

  it('stay right when the clock jumps forwards and back', () => {
    const hours = new BotHours(schedule());
    const times = ['2025-01-15T10:00:00Z', '2025-01-18T10:00:00Z', '2025-01-15T10:00:00Z'];
    expect(times.map((time) => hours.isOpen(at(time)))).toEqual([true, false, true]);
  });

  it('say until when they are closed', () => {
    const hours = new BotHours(schedule());
    expect(hours.closedUntil(at('2025-01-18T10:00:00Z'))).toMatch(
      /^Outside of its schedule until Mon,? 20 Jan,? 09:00 \(Europe\/Berlin\)$/,
    );
  });
});
