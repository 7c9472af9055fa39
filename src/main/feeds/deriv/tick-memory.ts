import type { Side } from '#domain/side.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import type { DerivPastTick } from './messages.ts';

/** About an hour of a market that ticks each second. */
const REMEMBERED = 4_096;

/** What a tick needs to become a print. */
interface TickIdentity {
  /** Its second; a further price of the same second has a number behind it (`1745675528-2`). */
  readonly id: string;
  readonly side: Side;
}

export interface RememberedTick extends DerivPastTick, TickIdentity {}

export type Admission =
  | { readonly kind: 'new'; readonly tick: RememberedTick; readonly isLate: boolean }
  /** It was told before: sent twice, or once more after reconnecting. */
  | { readonly kind: 'known' }
  /** Older than all that is remembered: nobody can say whether it was told. */
  | { readonly kind: 'tooOld' };

/**
 * The last ticks of one instrument. It tells new ticks from known ones, and gives them what Deriv does
 * not: an id that is unique within the instrument, and a side by the tick rule (up: buy, down: sell,
 * unchanged: as the tick before; the very first: buy), against the tick before it that is known then.
 */
export class TickMemory {
  /** By time, then in order of arrival. */
  readonly #ticks: RememberedTick[] = [];
  readonly #capacity: number;
  #isTrimmed = false;

  constructor(capacity = REMEMBERED) {
    this.#capacity = capacity;
  }

  admit({ eventTime, price }: DerivPastTick): Admission {
    const index = this.#indexAfter(eventTime);
    if (index === 0 && this.#isTrimmed) return { kind: 'tooOld' };
    if (this.#find(eventTime, price)) return { kind: 'known' };
    const before = this.#ticks[index - 1];
    const tick = identified({ eventTime, price }, before, this.#countAt(eventTime, index));
    const isLate = index < this.#ticks.length;
    this.#ticks.splice(index, 0, tick);
    if (this.#ticks.length > this.#capacity) {
      // Trimmed by halves, so that the cost of moving the array is paid seldom.
      this.#ticks.splice(0, this.#ticks.length - Math.ceil(this.#capacity / 2));
      this.#isTrimmed = true;
    }
    return { kind: 'new', tick, isLate };
  }

  /** Ticks of a stretch, both ends included, oldest first. */
  between(fromTime: number, toTime: number): readonly RememberedTick[] {
    return this.#ticks.filter(({ eventTime }) => eventTime >= fromTime && eventTime <= toTime);
  }

  /** Gives ticks of the past, oldest first, their ids and sides, without remembering them. */
  identify(past: readonly DerivPastTick[]): readonly RememberedTick[] {
    const first = past[0];
    let before = first && this.#ticks[this.#indexAfter((first.eventTime - 1) as EpochMs) - 1];
    let sameSecond = 0;
    return past.map((tick) => {
      sameSecond = before?.eventTime === tick.eventTime ? sameSecond + 1 : 0;
      before = this.#find(tick.eventTime, tick.price) ?? identified(tick, before, sameSecond);
      return before;
    });
  }

  #find(eventTime: EpochMs, price: Price): RememberedTick | undefined {
    for (let index = this.#indexAfter(eventTime) - 1; index >= 0; index--) {
      const tick = this.#ticks[index];
      if (tick?.eventTime !== eventTime) return undefined;
      if (tick.price === price) return tick;
    }
    return undefined;
  }

  /** How many ticks of this second stand before `index`. */
  #countAt(eventTime: EpochMs, index: number): number {
    let count = 0;
    while (this.#ticks[index - 1 - count]?.eventTime === eventTime) count++;
    return count;
  }

  /** First index whose tick is later than `eventTime`. Ticks nearly always come at the end. */
  #indexAfter(eventTime: EpochMs): number {
    let index = this.#ticks.length;
    while (index > 0 && (this.#ticks[index - 1]?.eventTime ?? 0) > eventTime) index--;
    return index;
  }
}

function identified(
  { eventTime, price }: DerivPastTick,
  before: RememberedTick | undefined,
  sameSecond: number,
): RememberedTick {
  const second = String(eventTime / 1_000);
  return {
    eventTime,
    price,
    id: sameSecond === 0 ? second : `${second}-${sameSecond + 1}`,
    side: sideOf(price, before),
  };
}

function sideOf(price: Price, before: RememberedTick | undefined): Side {
  if (!before) return 'buy';
  if (price === before.price) return before.side;
  return price > before.price ? 'buy' : 'sell';
}
