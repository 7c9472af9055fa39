const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** In the largest unit that is full, and the one below it: 93,784 s are one day and two hours. */
export interface UptimeParts {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
  readonly value: number;
  readonly rest: number;
}

export function uptimeParts(seconds: number): UptimeParts {
  const whole = Math.floor(seconds);
  const part = (unit: UptimeParts['unit'], size: number, below: number): UptimeParts => ({
    unit,
    value: Math.floor(whole / size),
    rest: Math.floor((whole % size) / below),
  });
  if (whole >= DAY) return part('days', DAY, HOUR);
  if (whole >= HOUR) return part('hours', HOUR, MINUTE);
  if (whole >= MINUTE) return part('minutes', MINUTE, 1);
  return { unit: 'seconds', value: whole, rest: 0 };
}
