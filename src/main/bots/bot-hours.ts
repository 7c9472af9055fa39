import { Cron } from 'croner';
import type { BotSchedule } from '#domain/schedule.ts';
import type { EpochMs } from '#domain/units.ts';

const DAYS_A_WEEK = 7;

/** Edges of a schedule's sessions, by the wall clock of its time zone: DST is croner's to know. */
function edgesOf({ days, from, to, timeZone }: BotSchedule) {
  const edge = (time: string, onDays: readonly number[]) => {
    const [hour, minute] = time.split(':').map(Number);
    return new Cron(`${minute} ${hour} * * ${onDays.join(',')}`, {
      timezone: timeZone,
      paused: true,
    });
  };
  const endsNextDay = to <= from;
  const lastDays = endsNextDay ? days.map((day) => (day + 1) % DAYS_A_WEEK) : days;
  return { opening: edge(from, days), closing: edge(to, lastDays) };
}

/** Whether a bot's schedule lets it trade at a time. Without a schedule, always. */
export class BotHours {
  readonly #edges: ReturnType<typeof edgesOf> | null;
  readonly #timeZone: string;
  /** What is known holds from `since` until before `until`, however often the clock jumps. */
  #since = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  #isOpen = true;

  constructor(schedule: BotSchedule | null) {
    this.#edges = schedule && edgesOf(schedule);
    this.#timeZone = schedule?.timeZone ?? 'UTC';
  }

  isOpen(time: EpochMs): boolean {
    if (!this.#edges) return true;
    if (time < this.#since || time >= this.#until) this.#look(this.#edges, time);
    return this.#isOpen;
  }

  /** For the user: until when it is closed. */
  closedUntil(time: EpochMs): string {
    this.isOpen(time);
    const when = new Date(this.#until).toLocaleString('en-GB', {
      ...{ timeZone: this.#timeZone, weekday: 'short', day: 'numeric', month: 'short' },
      ...{ hour: '2-digit', minute: '2-digit' },
    });
    return `Outside of its schedule until ${when} (${this.#timeZone})`;
  }

  #look({ opening, closing }: ReturnType<typeof edgesOf>, time: EpochMs): void {
    const at = new Date(time);
    const opens = opening.nextRun(at)?.getTime() ?? Number.POSITIVE_INFINITY;
    const closes = closing.nextRun(at)?.getTime() ?? Number.POSITIVE_INFINITY;
    this.#since = time;
    this.#until = Math.min(opens, closes);
    // Where one session ends as the next begins, or a change of clocks has swallowed a session.
    this.#isOpen = opens === closes ? isWithin(opening, closing, at) : closes < opens;
  }
}

function isWithin(opening: Cron, closing: Cron, at: Date): boolean {
  const justAfter = new Date(at.getTime() + 1);
  const opened = opening.previousRuns(1, justAfter)[0]?.getTime() ?? Number.NEGATIVE_INFINITY;
  const closed = closing.previousRuns(1, justAfter)[0]?.getTime() ?? Number.NEGATIVE_INFINITY;
  return opened >= closed;
}
