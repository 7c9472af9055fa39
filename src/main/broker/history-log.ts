import type { Publication } from './delivery.ts';
import { PackedRun } from './packed-run.ts';
import type { PublicationLog } from './publication-log.ts';

/** So many stay objects at most: of a busy instrument, for a fraction of a second. */
const RUN_LENGTH = 32;

export interface HistoryLimits {
  /** Kept whatever their age. */
  readonly atLeast: number;
  /** Never more than these, whatever their age. */
  readonly atMost: number;
  /** Between the two, kept while younger; a run goes together, with the youngest of it. */
  readonly maxAgeMs: number;
  /** How many of the newest a fresh consumer starts with. */
  readonly startWith: number;
}

/** The recent past of a *stream* or *flow* channel. */
export class HistoryLog implements PublicationLog {
  readonly #limits: HistoryLimits;
  /** Oldest first; they follow upon each other without a hole. */
  #runs: PackedRun[] = [];
  /** What came after them. */
  #newest: Publication[] = [];
  #lastOffset = 0;
  /** The first that is still remembered; what lies before it is freed with its run. */
  #firstOffset = 1;

  constructor(limits: HistoryLimits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#lastOffset - this.#firstOffset + 1;
  }

  append(publication: Publication): void {
    if (this.#lastOffset === 0) this.#firstOffset = publication.offset;
    this.#lastOffset = publication.offset;
    this.#newest.push(publication);
    if (this.#newest.length === RUN_LENGTH) this.#pack();
    this.#forget(publication.timestamp);
  }

  start(): readonly Publication[] {
    const first = this.#lastOffset - this.#limits.startWith + 1;
    return this.#from(Math.max(this.#firstOffset, first));
  }

  since(offset: number): readonly Publication[] | undefined {
    const isRemembered = this.#lastOffset > 0 && offset >= this.#firstOffset - 1;
    return isRemembered ? this.#from(offset + 1) : undefined;
  }

  #from(offset: number): readonly Publication[] {
    const runs = this.#runs.filter(({ lastOffset }) => lastOffset >= offset);
    const publications = [...runs.flatMap((run) => run.unpack()), ...this.#newest];
    return publications.filter((publication) => publication.offset >= offset);
  }

  #pack(): void {
    const [first, ...others] = this.#newest;
    if (first) this.#runs.push(new PackedRun([first, ...others]));
    this.#newest = [];
  }

  #forget(now: number): void {
    const { atLeast, atMost, maxAgeMs } = this.#limits;
    this.#forgetBefore(this.#lastOffset - atMost + 1);
    for (let run = this.#runs[0]; run && now - run.timestamp > maxAgeMs; run = this.#runs[0]) {
      if (this.length <= atLeast) return;
      this.#forgetBefore(Math.min(run.lastOffset, this.#lastOffset - atLeast) + 1);
    }
  }

  #forgetBefore(offset: number): void {
    if (offset <= this.#firstOffset) return;
    this.#firstOffset = offset;
    while (this.#runs[0] && this.#runs[0].lastOffset < offset) this.#runs.shift();
  }
}
