import { translator } from '../i18n/i18n.ts';

const t = translator('common');

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface DurationParts {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
  readonly value: number;
  readonly rest: number;
}

/** In the largest unit that is full, and the one below it: 93,784 s are one day and two hours. */
export function durationParts(seconds: number): DurationParts {
  const whole = Math.floor(seconds);
  const part = (unit: DurationParts['unit'], size: number, below: number): DurationParts => ({
    unit,
    value: Math.floor(whole / size),
    rest: Math.floor((whole % size) / below),
  });
  if (whole >= DAY) return part('days', DAY, HOUR);
  if (whole >= HOUR) return part('hours', HOUR, MINUTE);
  if (whole >= MINUTE) return part('minutes', MINUTE, 1);
  return { unit: 'seconds', value: whole, rest: 0 };
}

/** `1 d 2 h`, `5 min 3 s`. */
export function formatDuration(seconds: number): string {
  const { unit, value, rest } = durationParts(seconds);
  return t(`duration.${unit}`, { value, rest });
}
