import type { Notification } from './notification.ts';
import type { EpochMs } from './units.ts';

export interface BurstLimits {
  /** So many fills are shown one by one … */
  readonly most: number;
  /** … within this time; the rest are grouped. A shown group is refreshed no more often than this. */
  readonly withinMs: number;
  /** How long a new group gathers before it is first shown. */
  readonly gatherMs: number;
}

/** Rule N1: on screen within 250 ms, so that gathering leaves time to draw. */
export const FILL_BURST: BurstLimits = { most: 5, withinMs: 1_000, gatherMs: 150 };

/** What stands for the fills of a burst that are not shown one by one. */
export interface BurstSummary {
  /** Of this group since it began; a later summary of the same group counts the earlier ones again. */
  readonly count: number;
  readonly latest: Notification;
  /** The group was shown before: this summary takes the place of that one. */
  readonly replacesPrevious: boolean;
}

interface Group {
  count: number;
  latest: Notification;
  shownTime: EpochMs | null;
}

/**
 * Decides which notifications are shown at once and which are grouped (rule N1). Only fills are
 * grouped: anything else is rare, and must not hide in a number. It keeps no timer: its owner asks
 * for the summary at `dueTime`.
 */
export class NotificationBurst {
  readonly #limits: BurstLimits;
  #recentTimes: EpochMs[] = [];
  #group: Group | null = null;
  #dueTime: EpochMs | null = null;

  constructor(limits: BurstLimits = FILL_BURST) {
    this.#limits = limits;
  }

  /** When the next summary can be taken; null while nothing is held back. */
  get dueTime(): EpochMs | null {
    return this.#dueTime;
  }

  /** Whether to show the notification now; otherwise it is part of the next summary. */
  offer(notification: Notification, now: EpochMs): 'show' | 'grouped' {
    if (notification.kind !== 'fill') return 'show';
    const since = now - this.#limits.withinMs;
    this.#recentTimes = this.#recentTimes.filter((time) => time > since).slice(-this.#limits.most);
    this.#recentTimes.push(now);
    const isBurst = this.#recentTimes.length > this.#limits.most;
    if (!isBurst && this.#dueTime === null) {
      this.#group = null;
      return 'show';
    }
    this.#addToGroup(notification, now);
    return 'grouped';
  }

  /** The summary that is due; null before `dueTime`. */
  takeSummary(now: EpochMs): BurstSummary | null {
    const group = this.#group;
    if (group === null || this.#dueTime === null || now < this.#dueTime) return null;
    const replacesPrevious = group.shownTime !== null;
    group.shownTime = now;
    this.#dueTime = null;
    return { count: group.count, latest: group.latest, replacesPrevious };
  }

  #addToGroup(notification: Notification, now: EpochMs): void {
    this.#group ??= { count: 0, latest: notification, shownTime: null };
    const group = this.#group;
    group.count += 1;
    group.latest = notification;
    const { gatherMs, withinMs } = this.#limits;
    const gathered = now + gatherMs;
    const refresh = group.shownTime === null ? gathered : group.shownTime + withinMs;
    this.#dueTime ??= Math.max(gathered, refresh) as EpochMs;
  }
}
