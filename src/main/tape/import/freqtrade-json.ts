import { z } from 'zod';
import { type RecordParser, tradeOf } from './imported-trade.ts';

/**
 * Freqtrade's trades: `[[ms, id, type, side, price, amount, cost], …]`.
 * https://www.freqtrade.io/en/stable/data-download/
 */
const tradeSchema = z.tuple(
  [
    z.number(),
    z.union([z.string(), z.number()]).nullable(),
    z.unknown(),
    z.enum(['buy', 'sell']).nullable(),
    z.number(),
    z.number(),
  ],
  z.unknown(),
);

export const parseFreqtradeTrade: RecordParser = (text) => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'not valid JSON';
  }
  const parsed = tradeSchema.safeParse(json);
  if (!parsed.success) return 'not [time, id, type, side, price, amount, cost]';
  const [eventTime, id, , side, price, size] = parsed.data;
  return tradeOf({
    ...{ id: id === null ? null : String(id), side, eventTime },
    ...{ price: String(price), size: String(size) },
  });
};
