import { type InstrumentId, symbolOf } from './instrument.ts';

/**
 * How well an instrument answers a search: 0 where its symbol begins with the first word, 1 where every
 * word is somewhere in its id; null where one is not. Case and separators do not matter: `btcusdt` and
 * `binance btc` both find `binance:BTC/USDT`.
 */
export function searchRank(id: InstrumentId, text: string): 0 | 1 | null {
  const words = text.trim().toUpperCase().split(/\s+/);
  const [first = ''] = words;
  const whole = id.toUpperCase();
  const plain = withoutSeparators(whole);
  if (!words.every((word) => whole.includes(word) || plain.includes(word))) return null;
  const symbol = symbolOf(id).toUpperCase();
  return symbol.startsWith(first) || withoutSeparators(symbol).startsWith(first) ? 0 : 1;
}

/** Those that match, the better ones first, else as they came. */
export function searchInstruments<T extends { readonly id: InstrumentId }>(
  instruments: readonly T[],
  text: string,
): T[] {
  const found = instruments.flatMap((instrument) => {
    const rank = searchRank(instrument.id, text);
    return rank === null ? [] : [{ instrument, rank }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ instrument }) => instrument);
}

const withoutSeparators = (text: string): string => text.replace(/[/:_-]/g, '');
