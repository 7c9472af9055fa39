import { z } from 'zod';
import { isSymbol } from '#domain/instrument.ts';
import { type EpochMs, isEpochMs, type Price } from '#domain/units.ts';
import type {
  DerivCandle,
  DerivEnvelope,
  DerivListing,
  DerivOffer,
  DerivOpeningTimes,
  DerivPastTick,
  DerivTick,
} from './messages.ts';

/**
 * Reads Deriv's payloads of both dialects; its field names go no further than this file.
 * https://developers.deriv.com (options) and https://api.deriv.com/api-explorer (v3)
 */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

const priceSchema = z
  .number()
  .positive()
  .transform((value) => value as Price);
const epochSchema = z
  .int()
  .transform((seconds) => seconds * 1_000)
  .refine((time) => isEpochMs(time), 'not in epoch seconds')
  .transform((time) => time as EpochMs);
const symbolSchema = z.string().min(1).max(48);
/** Zero and one, in place of false and true. */
const flagSchema = z
  .union([z.literal(0), z.literal(1), z.boolean()])
  .transform((value) => Boolean(value));

const envelopeSchema = z
  .object({
    msg_type: z.string().optional(),
    req_id: z.int().optional(),
    subscription: z.object({ id: z.string() }).optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })
  .refine(({ msg_type, error }) => msg_type !== undefined || error, 'neither msg_type nor error');

const tickSchema = z
  .object({
    tick: z.object({
      symbol: symbolSchema.optional(),
      underlying_symbol: symbolSchema.optional(),
      quote: priceSchema,
      bid: priceSchema.optional(),
      ask: priceSchema.optional(),
      epoch: epochSchema,
    }),
  })
  .transform(({ tick }, context): DerivTick => {
    const symbol = tick.symbol ?? tick.underlying_symbol;
    if (symbol === undefined) return refuse(context, 'no symbol');
    return {
      symbol,
      price: tick.quote,
      bidPrice: tick.bid ?? null,
      askPrice: tick.ask ?? null,
      eventTime: tick.epoch,
    };
  });

const listingSchema = z
  .object({
    symbol: symbolSchema.optional(),
    underlying_symbol: symbolSchema.optional(),
    pip: z.number().positive().optional(),
    /** In this list the increment itself, not, as in a tick, the number of its decimals. */
    pip_size: z.number().positive().optional(),
    exchange_is_open: flagSchema,
  })
  .transform((listing, context): DerivListing => {
    const symbol = listing.underlying_symbol ?? listing.symbol;
    const priceIncrement = listing.pip_size ?? listing.pip;
    if (symbol === undefined) return refuse(context, 'no symbol');
    if (priceIncrement === undefined) return refuse(context, 'no pip');
    return { symbol, priceIncrement, isOpen: listing.exchange_is_open };
  });
const offerSchema = z.object({
  active_symbols: z.array(
    z.looseObject({
      symbol: symbolSchema.optional(),
      underlying_symbol: symbolSchema.optional(),
    }),
  ),
});

const candlesSchema = z
  .object({
    candles: z.array(
      z
        .object({
          epoch: epochSchema,
          open: priceSchema,
          high: priceSchema,
          low: priceSchema,
          close: priceSchema,
        })
        .refine(
          ({ open, high, low, close }) =>
            high >= Math.max(open, close) && low <= Math.min(open, close),
          'open or close lies outside of low to high',
        )
        .transform(({ epoch, ...prices }): DerivCandle => ({ openTime: epoch, ...prices })),
    ),
  })
  .transform(({ candles }): readonly DerivCandle[] => candles);

const historySchema = z
  .object({ history: z.object({ prices: z.array(priceSchema), times: z.array(epochSchema) }) })
  .transform(({ history: { prices, times } }, context): readonly DerivPastTick[] => {
    if (prices.length !== times.length) return refuse(context, 'prices and times differ in number');
    return prices.flatMap((price, index) => {
      const eventTime = times[index];
      return eventTime === undefined ? [] : [{ eventTime, price }];
    });
  });

const timeSchema = z.object({ time: epochSchema }).transform(({ time }): EpochMs => time);

/** `--` stands for a day on which the market does not open. */
const CLOCK_TIME = /^(\d{2}):(\d{2}):(\d{2})$/;
const openingTimesSchema = z
  .object({
    trading_times: z.object({
      markets: z.array(
        z.object({
          submarkets: z.array(
            z.object({
              symbols: z.array(
                z.object({
                  symbol: symbolSchema.optional(),
                  underlying_symbol: symbolSchema.optional(),
                  times: z.object({ open: z.array(z.string()) }),
                }),
              ),
            }),
          ),
        }),
      ),
    }),
  })
  .transform(({ trading_times }): DerivOpeningTimes => {
    const symbols = trading_times.markets
      .flatMap(({ submarkets }) => submarkets)
      .flatMap((submarket) => submarket.symbols);
    return new Map(
      symbols.map(({ symbol, underlying_symbol, times }) => [
        underlying_symbol ?? symbol ?? '',
        times.open.flatMap(sinceMidnight),
      ]),
    );
  });

/** A message as text: what it is, whom it answers, and whether it is an error. */
export function parseDerivText(text: string): Parsed<DerivEnvelope> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not valid JSON' };
  }
  const envelope = read(envelopeSchema, 'message')(content);
  if (!envelope.ok) return envelope;
  const { msg_type: kind = '', req_id, subscription, error } = envelope.value;
  return {
    ok: true,
    value: {
      kind,
      requestId: req_id ?? null,
      subscriptionId: subscription?.id ?? null,
      error: error ?? null,
      content,
    },
  };
}

export const readTick = read(tickSchema, 'tick');
export const readCandles = read(candlesSchema, 'candles');
export const readHistory = read(historySchema, 'history');
export const readTime = read(timeSchema, 'time');
export const readPong = read(z.object({ ping: z.literal('pong') }), 'pong');
export const readOpeningTimes = read(openingTimesSchema, 'trading times');

/**
 * Reads the list of symbols: of the wanted ones all, of the others the name, so that something new among
 * them does not take away those that are fine.
 */
export function listingsReader(wanted: ReadonlySet<string>) {
  return (content: unknown): Parsed<DerivOffer> => {
    const offer = readOffer(content);
    if (!offer.ok) return offer;
    const listings = new Map<string, DerivListing>();
    const symbols: string[] = [];
    for (const entry of offer.value.active_symbols) {
      const symbol = entry.underlying_symbol ?? entry.symbol;
      if (symbol === undefined) continue;
      symbols.push(symbol);
      if (!wanted.has(symbol)) continue;
      const listing = readListing(entry);
      if (!listing.ok) return { ok: false, reason: `${listing.reason} of ${symbol}` };
      listings.set(symbol, listing.value);
    }
    return { ok: true, value: { listings, symbols } };
  };
}

/** Every listing that is readable; one that is not takes nothing away from the others. */
export function readListings(content: unknown): Parsed<readonly DerivListing[]> {
  const offer = readOffer(content);
  if (!offer.ok) return offer;
  const listings = offer.value.active_symbols.flatMap((entry) => {
    const listing = readListing(entry);
    return listing.ok && isSymbol(listing.value.symbol) ? [listing.value] : [];
  });
  return { ok: true, value: listings };
}

const readOffer = read(offerSchema, 'active symbols');
const readListing = read(listingSchema, 'active symbols');

function read<T>(schema: z.ZodType<T>, what: string) {
  return (content: unknown): Parsed<T> => {
    const parsed = schema.safeParse(content);
    if (parsed.success) return { ok: true, value: parsed.data };
    const issue = parsed.error.issues[0];
    const place = issue?.path.length ? ` (${issue.path.join('.')})` : '';
    return { ok: false, reason: `${what}: ${issue?.message ?? 'not as expected'}${place}` };
  };
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function sinceMidnight(text: string): number[] {
  const [, hours, minutes, seconds] = CLOCK_TIME.exec(text) ?? [];
  if (hours === undefined) return [];
  return [(Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000];
}
