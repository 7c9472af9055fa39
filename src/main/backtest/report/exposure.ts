/** For how long a position was held. */
export class Exposure {
  #heldMs = 0;
  #since: number | null = null;

  /** From `time` on a position is held, or is not. */
  set(time: number, isHeld: boolean): void {
    if (isHeld === (this.#since !== null)) return;
    if (this.#since !== null) this.#heldMs += time - this.#since;
    this.#since = isHeld ? time : null;
  }

  /** Share of the time from `fromTime` to `toTime`; null of no time. */
  percent(fromTime: number, toTime: number): number | null {
    const heldMs = this.#heldMs + (this.#since === null ? 0 : toTime - this.#since);
    return toTime > fromTime ? (heldMs / (toTime - fromTime)) * 100 : null;
  }
}
