import { z } from 'zod';
import { instrumentSchema } from './model.ts';

/** Requests about what could be watched. */

const exchangeListingSchema = z.object({
  /** As a feed's spec names it. */
  id: z.string(),
  name: z.string(),
  /** How the spec begins: `ccxt:binance:` wants symbols behind it, `demo` is whole. */
  specPrefix: z.string(),
});

export const exchangeRequestSchemas = {
  /** Every exchange that a feed can be had of. */
  'exchanges.list': {
    params: z.strictObject({}).optional(),
    result: z.object({ exchanges: z.array(exchangeListingSchema) }),
  },
  /**
   * Instruments that have every word of the text in their id; those whose symbol begins with it first.
   * With an exchange: of all that it offers, for which it may have to be asked. Without one: of what is
   * watched, and of the exchanges whose markets are known already.
   */
  'instruments.search': {
    params: z.strictObject({
      exchange: z.string().min(1).max(32).optional(),
      text: z.string().max(80).default(''),
      limit: z.number().int().min(1).max(200).default(20),
    }),
    result: z.object({ instruments: z.array(instrumentSchema) }),
  },
} as const;
