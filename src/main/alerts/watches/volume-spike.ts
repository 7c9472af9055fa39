import type { Trade } from '#domain/trade.ts';
import {
  type AlertNews,
  type ConditionOf,
  type ConditionWatch,
  labelsOfInstrument,
  NOTHING,
  type Reading,
} from '../watch.ts';

/** A window slides in steps of a tenth of it. */
const STEPS_A_WINDOW = 10;

/**
 * The volume of a window that ends now against the mean of as many windows before it as the condition
 * says. Until all of those are known it says nothing: half a baseline finds spikes everywhere.
 */
export class VolumeSpike implements ConditionWatch {
  readonly #condition: ConditionOf<'volumeSpike'>;
  readonly #labels: ReturnType<typeof labelsOfInstrument>;
  readonly #stepMs: number;
  readonly #sums: Float64Array;
  /** Of the newest step; null before the first trade. */
  #step: number | null = null;
  #firstStep = 0;
  #window = 0;
  #baseline = 0;

  constructor(condition: ConditionOf<'volumeSpike'>) {
    this.#condition = condition;
    this.#labels = labelsOfInstrument(condition.instrumentId);
    this.#stepMs = condition.windowMs / STEPS_A_WINDOW;
    this.#sums = new Float64Array(STEPS_A_WINDOW * (1 + condition.baselineWindows));
  }

  take(news: AlertNews): readonly Reading[] {
    if (news.of !== 'market') return NOTHING;
    const { event } = news;
    // Nothing is known of a gap: as silence it would make everything after it a spike.
    if (event.kind === 'gap' && event.toTime - event.fromTime >= this.#stepMs) this.#step = null;
    if (event.kind !== 'trade') return NOTHING;
    return this.#add(event.trade) ? [this.#reading(event.trade)] : NOTHING;
  }

  copy(): VolumeSpike {
    const copy = new VolumeSpike(this.#condition);
    copy.#sums.set(this.#sums);
    copy.#step = this.#step;
    copy.#firstStep = this.#firstStep;
    copy.#window = this.#window;
    copy.#baseline = this.#baseline;
    return copy;
  }

  /** False for a print that is older than the window. */
  #add({ eventTime, size }: Trade): boolean {
    const step = Math.floor(eventTime / this.#stepMs);
    if (this.#step === null || step <= this.#step - this.#sums.length) this.#begin(step);
    else this.#slideTo(step);
    if (this.#step === null || step <= this.#step - STEPS_A_WINDOW) return false;
    this.#put(step, this.#at(step) + size);
    this.#window += size;
    return true;
  }

  #begin(step: number): void {
    this.#clear(step);
    // The step that it begins in is known in part.
    this.#firstStep = step + 1;
  }

  #clear(step: number): void {
    this.#sums.fill(0);
    this.#window = 0;
    this.#baseline = 0;
    this.#step = step;
  }

  #slideTo(step: number): void {
    const from = this.#step ?? step;
    if (step - from >= this.#sums.length) {
      this.#clear(step);
      return;
    }
    for (let next = from + 1; next <= step; next += 1) {
      this.#baseline -= this.#at(next - this.#sums.length);
      const left = this.#at(next - STEPS_A_WINDOW);
      this.#window -= left;
      this.#baseline += left;
      this.#put(next, 0);
      this.#step = next;
    }
  }

  #reading({ eventTime: marketTime }: Trade): Reading {
    const { ratio, baselineWindows } = this.#condition;
    const step = this.#step ?? 0;
    const isKnown = step - this.#sums.length + 1 >= this.#firstStep;
    const usual = this.#baseline / baselineWindows;
    const value = isKnown && usual > 0 ? this.#window / usual : null;
    return { labels: this.#labels, isMet: value !== null && value >= ratio, value, marketTime };
  }

  #at(step: number): number {
    return this.#sums[this.#indexOf(step)] ?? 0;
  }

  #put(step: number, sum: number): void {
    this.#sums[this.#indexOf(step)] = sum;
  }

  #indexOf(step: number): number {
    const { length } = this.#sums;
    return ((step % length) + length) % length;
  }
}
