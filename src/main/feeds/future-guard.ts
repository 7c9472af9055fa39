import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { Rejection } from './feed.ts';

type TradeEvent = Extract<MarketEvent, { readonly kind: 'trade' }>;

/** What a trade may be ahead of the others' clock. */
const MOST_AHEAD_MS = 60_000;
/** Clocks are set: where so many in a row are ahead, the next one is believed, and they are with it. */
const MOST_DOUBTED = 2;

/** What is known now of a trade that came, and of those before that were doubted. */
interface Verdict {
  readonly believed: readonly TradeEvent[];
  readonly refused: readonly Rejection[];
}

/**
 * Holds a trade that is told from the future until another one says which clock is wrong, and refuses it
 * if it is the trade's: being the newest, it would hold the price where it is until its time has come, while
 * all that is traded meanwhile is taken for late. The exchange's clock is known by its other trades, since
 * ours may be wrong.
 */
export class FutureGuard {
  /** What trades were ahead of our clock at most. */
  #usualMs = 0;
  #doubted: readonly TradeEvent[] = [];

  startConnection(): void {
    this.#usualMs = 0;
    this.#doubted = [];
  }

  hear(event: TradeEvent): Verdict {
    const doubted = this.#doubted;
    const isAhead = aheadMs(event.trade) > this.#usualMs + MOST_AHEAD_MS;
    if (isAhead && doubted.length < MOST_DOUBTED) {
      this.#doubted = [...doubted, event];
      return { believed: [], refused: [] };
    }
    this.#doubted = [];
    this.#usualMs = Math.max(this.#usualMs, aheadMs(event.trade));
    return isAhead
      ? { believed: [...doubted, event], refused: [] }
      : { believed: [event], refused: doubted.map(({ trade }) => refusalOf(trade)) };
  }
}

const aheadMs = ({ eventTime, receivedTime }: Trade): number => eventTime - receivedTime;

function refusalOf(trade: Trade): Rejection {
  const seconds = Math.round(aheadMs(trade) / 1_000);
  return { line: null, reason: `trade ${trade.id} is from the future, by ${seconds} s` };
}
