import { InvalidArgumentError } from 'commander';
import { scheduleSchema } from '#contract/bot-settings.ts';
import type { BotSchedule } from '#domain/schedule.ts';
import { NONE, type OrNone } from './limit-option.ts';

/** In the order of their numbers. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const HOURS = /^(\S+)\s+([^\s-]+)\s*-\s*([^\s-]+)(?:\s+(\S+))?$/;
const EXAMPLE = `Hours are like "Mon-Fri 09:00-17:00 Europe/Berlin", or ${NONE}`;

/** `Mon-Fri 09:00-17:00 Europe/Berlin`; without a place, by the clock of this computer. */
export function parseSchedule(text: string): OrNone<BotSchedule> {
  if (text === NONE) return NONE;
  const [, days = '', from, to, place] = HOURS.exec(text.trim()) ?? [];
  if (from === undefined) throw new InvalidArgumentError(`${EXAMPLE}.`);
  const timeZone = place ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const schedule = scheduleSchema.safeParse({ days: daysOf(days), from, to, timeZone });
  if (schedule.success) return schedule.data;
  const [issue] = schedule.error.issues;
  const what = { from, to, timeZone }[String(issue?.path[0])] ?? days;
  throw new InvalidArgumentError(`${EXAMPLE}; ${what}: ${issue?.message}.`);
}

/** `Mon-Fri`, `Sat,Sun`, `Mon-Wed,Fri`. */
function daysOf(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [first = -1, last = first, ...more] = part.split('-').map(dayOf);
    if (first < 0 || last < 0 || more.length > 0) {
      throw new InvalidArgumentError(`${EXAMPLE}; ${part} is no day or days of the week.`);
    }
    const count = ((last - first + DAYS.length) % DAYS.length) + 1;
    return Array.from({ length: count }, (_, index) => (first + index) % DAYS.length);
  });
}

const dayOf = (name: string): number => DAYS.indexOf(name.toLowerCase());
