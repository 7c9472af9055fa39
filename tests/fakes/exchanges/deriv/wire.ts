import type { PlayedTick } from './ticks.ts';

export type DerivWireDialect = 'legacy' | 'options';

/** What Deriv lists of a symbol. */
export interface Listed {
  readonly symbol: string;
  readonly name: string;
  readonly decimals: number;
  isOpen: boolean;
  /** Epoch seconds; where it is known when a closed market opens. */
  opensAt: number | null;
}

export interface DerivRequest {
  readonly req_id?: number;
  readonly [field: string]: unknown;
}

const pipOf = ({ decimals }: Listed): number => Number(`1e-${decimals}`);
/** A spread of ten pips around the price. */
const HALF_SPREAD_PIPS = 5;

export function errorBody(kind: string, code: string, message: string) {
  return { error: { code, message }, msg_type: kind };
}

/** Both spellings of `active_symbols`; the fields that nobody here reads are left out. */
export function listBody(listed: Iterable<Listed>, dialect: DerivWireDialect) {
  const active_symbols = [...listed].map((each) => ({
    ...(dialect === 'legacy'
      ? { symbol: each.symbol, display_name: each.name, pip: pipOf(each) }
      : {
          underlying_symbol: each.symbol,
          underlying_symbol_name: each.name,
          pip_size: pipOf(each),
        }),
    exchange_is_open: each.isOpen ? 1 : 0,
    is_trading_suspended: 0,
    market: each.symbol.startsWith('frx') ? 'forex' : 'synthetic_index',
    submarket: each.symbol.startsWith('frx') ? 'major_pairs' : 'random_index',
  }));
  return { active_symbols, msg_type: 'active_symbols' };
}

export function tickBody(
  { symbol, epoch, price }: PlayedTick,
  listed: Listed,
  dialect: DerivWireDialect,
) {
  const half = HALF_SPREAD_PIPS * pipOf(listed);
  const rounded = (value: number) => Number(value.toFixed(listed.decimals));
  return {
    msg_type: 'tick',
    subscription: { id: subscriptionId(symbol) },
    tick: {
      ask: rounded(price + half),
      bid: rounded(price - half),
      epoch,
      id: subscriptionId(symbol),
      ...(dialect === 'legacy' && { pip_size: listed.decimals }),
      quote: price,
      symbol,
    },
  };
}

export const subscriptionId = (symbol: string): string => `f0c1ed00-${symbol}`;

export function historyBody(ticks: readonly PlayedTick[], { decimals }: Listed) {
  return {
    history: { prices: ticks.map(({ price }) => price), times: ticks.map(({ epoch }) => epoch) },
    msg_type: 'history',
    pip_size: decimals,
  };
}

export function candlesBody(
  ticks: readonly PlayedTick[],
  granularity: number,
  { decimals }: Listed,
) {
  const candles: { epoch: number; open: number; high: number; low: number; close: number }[] = [];
  for (const { epoch, price } of ticks) {
    const openEpoch = epoch - (epoch % granularity);
    const last = candles.at(-1);
    if (last?.epoch !== openEpoch) {
      candles.push({ epoch: openEpoch, open: price, high: price, low: price, close: price });
      continue;
    }
    last.high = Math.max(last.high, price);
    last.low = Math.min(last.low, price);
    last.close = price;
  }
  return { candles, msg_type: 'candles', pip_size: decimals };
}

/** A closed market has no session but the one that it opens with, if that is known. */
export function tradingTimesBody(
  date: string,
  listed: Iterable<Listed>,
  dialect: DerivWireDialect,
) {
  const symbols = [...listed].map((each) => {
    const opens = each.opensAt === null ? null : new Date(each.opensAt * 1_000).toISOString();
    const opensOnDate = opens?.startsWith(date) ? opens.slice(11, 19) : '--';
    const open = each.isOpen ? '00:00:00' : opensOnDate;
    return {
      ...(dialect === 'legacy' ? { symbol: each.symbol } : { underlying_symbol: each.symbol }),
      name: each.name,
      times: { open: [open], close: [open === '--' ? '--' : '23:59:59'], settlement: '--' },
      events: [],
    };
  });
  return {
    msg_type: 'trading_times',
    trading_times: { markets: [{ name: 'All', submarkets: [{ name: 'All', symbols }] }] },
  };
}
