import type { EpochMs } from '#domain/units.ts';

/** Told when it was due. */
export type AgendaWork = (time: EpochMs) => void;

interface Entry {
  readonly time: EpochMs;
  readonly work: AgendaWork;
}

export type SavedAgenda = readonly (readonly [key: string, time: EpochMs])[];

/**
 * What is to be done when. It has no timer: its owner says how late it is, and whatever is due by then
 * is done in order, each at its own time. So what comes of it does not depend on how often one asks,
 * which is what makes a replay give the same at every speed.
 */
export class Agenda {
  readonly #entries = new Map<string, Entry>();
  /** No entry is due before it. */
  #next = Number.POSITIVE_INFINITY;
  #seenTime = Number.NEGATIVE_INFINITY;

  /** In place of what stood there under this key. */
  set(key: string, time: EpochMs, work: AgendaWork): void {
    this.#entries.delete(key);
    this.#entries.set(key, { time, work });
    this.#next = Math.min(this.#next, time);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** What is to be done when, in the order in which it was set. */
  save(): SavedAgenda {
    return [...this.#entries].map(([key, { time }]) => [key, time]);
  }

  /** Goes on from there: `workOf` gives what stood under a key. */
  resume(saved: SavedAgenda, workOf: (key: string) => AgendaWork): void {
    for (const [key, time] of saved) this.set(key, time, workOf(key));
  }

  run(now: EpochMs): void {
    this.#followClock(now);
    while (this.#next <= now) {
      const due = this.#earliest();
      this.#next = due?.entry.time ?? Number.POSITIVE_INFINITY;
      if (!due || due.entry.time > now) return;
      this.#entries.delete(due.key);
      due.entry.work(due.entry.time);
    }
  }

  /** What was due in a minute is due in a minute, where the clock is set back by an hour. */
  #followClock(now: EpochMs): void {
    const setBackMs = this.#seenTime - now;
    this.#seenTime = now;
    if (setBackMs <= 0) return;
    for (const [key, { time, work }] of this.#entries) {
      this.#entries.set(key, { time: (time - setBackMs) as EpochMs, work });
    }
    this.#next -= setBackMs;
  }

  /** At the same time the one that was set first. There are few. */
  #earliest(): { readonly key: string; readonly entry: Entry } | null {
    let earliest: { key: string; entry: Entry } | null = null;
    for (const [key, entry] of this.#entries) {
      if (!earliest || entry.time < earliest.entry.time) earliest = { key, entry };
    }
    return earliest;
  }
}
