import type { Candle } from '#domain/candle.ts';
import { isExchangeTime, type MarketScale, PLAIN_SCALE, shown } from './market-scale.ts';
import { type Read, refuse } from './read-market.ts';

/**
 * A closed candle of ccxt's: `[openTime, open, high, low, close, volume, tradeCount?, buyVolume?]`, the
 * last two where the exchange tells them. Its volume is in the base currency already.
 */
export function readCandle(row: unknown, { isPrice }: MarketScale = PLAIN_SCALE): Read<Candle> {
  if (!Array.isArray(row)) return refuse('a candle is no list');
  const [openTime, open, high, low, close, volume, tradeCount, buyVolume]: unknown[] = row;
  if (!isExchangeTime(openTime)) {
    return refuse(`a candle: the time ${shown(openTime)} is not in epoch milliseconds`);
  }
  const name = `the candle of ${new Date(openTime).toISOString()}`;
  if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) {
    const prices = [open, high, low, close].map(shown).join(', ');
    return refuse(`${name}: not all of ${prices} are prices`);
  }
  if (high < Math.max(open, close) || low > Math.min(open, close)) {
    return refuse(`${name}: ${open} and ${close} do not lie between ${low} and ${high}`);
  }
  if (!isAmount(volume)) return refuse(`${name}: the volume ${shown(volume)} is not a volume`);
  const bought = isTold(buyVolume) ? buyVolume : null;
  if (bought !== null && !(bought >= 0 && bought <= volume)) {
    return refuse(`${name}: ${bought} of ${volume} cannot have been bought`);
  }
  const count = isTold(tradeCount) ? tradeCount : null;
  if (count !== null && !(Number.isSafeInteger(count) && count >= 0)) {
    return refuse(`${name}: ${count} is not a number of trades`);
  }
  return {
    ok: true,
    value: {
      ...{ openTime, open, high, low, close, volume },
      ...{ buyVolume: bought, tradeCount: count, isClosed: true },
    },
  };
}

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Not a number: the exchange does not tell it. */
const isTold = (value: unknown): value is number =>
  typeof value === 'number' && !Number.isNaN(value);
