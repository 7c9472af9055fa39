import type { Alert, AlertPolicy } from '#domain/alert.ts';
import type { EpochMs } from '#domain/units.ts';

/** What of a group is news at a tick. */
export interface GroupNews {
  readonly reason: 'firing' | 'resolved' | 'repeat';
  readonly firing: readonly Alert[];
  readonly resolved: readonly Alert[];
}

/**
 * Alerts that are told together, and what of them the user was told last. Alertmanager decides in the
 * same way: told is what newly fires or is newly over; without news what still fires is repeated.
 */
export class AlertGroup {
  readonly #alerts = new Map<string, Alert>();
  #told = new Set<string>();
  #toldTime: EpochMs | null = null;

  get isEmpty(): boolean {
    return this.#alerts.size === 0;
  }

  /** One that goes on from here by itself. */
  copy(): AlertGroup {
    const copy = new AlertGroup();
    for (const [id, alert] of this.#alerts) copy.#alerts.set(id, alert);
    copy.#told = new Set(this.#told);
    copy.#toldTime = this.#toldTime;
    return copy;
  }

  put(alert: Alert): void {
    this.#alerts.set(alert.id, alert);
  }

  has(alertId: string): boolean {
    return this.#alerts.has(alertId);
  }

  remove(alertId: string): void {
    this.#alerts.delete(alertId);
    this.#told.delete(alertId);
  }

  /** Of an alert that fires: the user knows since then. */
  restoreTold(alertId: string, time: EpochMs): void {
    this.#told.add(alertId);
    this.#toldTime = Math.max(this.#toldTime ?? 0, time) as EpochMs;
  }

  /** Takes what is to be told now, if anything; what is over is forgotten with it. */
  tick(
    time: EpochMs,
    { repeatIntervalMs, tellResolved }: AlertPolicy,
    isMuted: (alert: Alert) => boolean,
  ): GroupNews | null {
    const heard = [...this.#alerts.values()].filter((alert) => !isMuted(alert));
    const firing = heard.filter(({ state }) => state === 'firing');
    const over = heard.filter(({ id, state }) => state === 'resolved' && this.#told.has(id));
    for (const { id, state } of this.#alerts.values()) {
      if (state === 'resolved') this.remove(id);
    }
    const reason = this.#reasonFor(firing, tellResolved ? over : [], time, repeatIntervalMs);
    if (reason === null) return null;
    this.#told = new Set(firing.map(({ id }) => id));
    this.#toldTime = time;
    return { reason, firing, resolved: tellResolved ? over : [] };
  }

  #reasonFor(
    firing: readonly Alert[],
    over: readonly Alert[],
    time: EpochMs,
    repeatIntervalMs: number,
  ): GroupNews['reason'] | null {
    if (firing.some(({ id }) => !this.#told.has(id))) return 'firing';
    if (over.length > 0) return 'resolved';
    const isUnseen = firing.some(({ acknowledgedTime }) => acknowledgedTime === null);
    // Told before the clock was set back: told now at the latest.
    if (this.#toldTime !== null && this.#toldTime > time) this.#toldTime = time;
    const isDue = this.#toldTime !== null && time - this.#toldTime >= repeatIntervalMs;
    return isUnseen && isDue ? 'repeat' : null;
  }
}
