import { z } from 'zod';
import type { Exchange } from '#domain/instrument.ts';

/** Something is missing, and ccxt does not look for it. */
export interface Hole {
  /** Whose book it is; null: of all books of the connection. */
  readonly marketId: string | null;
  readonly reason: string;
}

interface Verdict {
  /** Whether ccxt may have the frame: not what builds on something that is missing. */
  readonly isGood: boolean;
  readonly hole?: Hole;
}

/** Looks at each frame of one connection before ccxt does. */
export type BookGuard = (frame: unknown) => Verdict;

const GOOD: Verdict = { isGood: true };
const WITHHELD: Verdict = { isGood: false };

/** For a new connection; undefined where ccxt looks itself, or the exchange numbers nothing. */
export function bookGuardOf(exchange: Exchange): BookGuard | undefined {
  if (exchange.startsWith('bybit')) return bybitGuard();
  if (exchange === 'coinbase') return coinbaseGuard();
  return undefined;
}

const bybitFrame = z.object({
  topic: z.string().startsWith('orderbook.'),
  type: z.enum(['snapshot', 'delta']),
  data: z.object({ s: z.string(), u: z.number() }),
});

/**
 * Bybit numbers the updates of each book without holes; a snapshot begins anew.
 * https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook
 */
function bybitGuard(): BookGuard {
  /** By topic. Null: a hole was told, and nothing counts before a snapshot. */
  const lastIds = new Map<string, number | null>();
  return (frame) => {
    const parsed = bybitFrame.safeParse(frame);
    if (!parsed.success) return GOOD;
    const { topic, type, data } = parsed.data;
    const last = lastIds.get(topic);
    if (type === 'snapshot' || (typeof last === 'number' && data.u === last + 1)) {
      lastIds.set(topic, data.u);
      return GOOD;
    }
    if (typeof last !== 'number') return WITHHELD;
    lastIds.set(topic, null);
    const reason = `book update ${data.u} followed ${last}`;
    return { isGood: false, hole: { marketId: data.s, reason } };
  };
}

const coinbaseFrame = z.object({ channel: z.string(), sequence_num: z.number() });

/**
 * Coinbase numbers all messages of a connection, whatever their channel; its books have no number of
 * their own. https://docs.cdp.coinbase.com/coinbase-app/advanced-trade-apis/websocket/websocket-overview
 */
function coinbaseGuard(): BookGuard {
  let last: number | null = null;
  let isHoled = false;
  return (frame) => {
    const parsed = coinbaseFrame.safeParse(frame);
    if (!parsed.success) return GOOD;
    const { channel, sequence_num: sequence } = parsed.data;
    const isBook = channel === 'l2_data';
    const expected = last === null ? sequence : last + 1;
    if (sequence < expected) return isBook ? WITHHELD : GOOD;
    last = sequence;
    if (sequence === expected) return isBook && isHoled ? WITHHELD : GOOD;
    isHoled = true;
    const reason = `message ${sequence} came in place of ${expected}`;
    return { isGood: !isBook, hole: { marketId: null, reason } };
  };
}
