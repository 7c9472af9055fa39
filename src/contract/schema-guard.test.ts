import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pushSchemas } from './pushes.ts';
import { guardOf } from './schema-guard.ts';

/** What an inbound message may hold, and what it may not. */
const anything = fc.oneof(
  fc.constantFrom(undefined, null, '', 'delta', 'demo:BTC/USDT', 'buy', true, Number.NaN, -0),
  fc.double(),
  fc.integer(),
  fc.constantFrom(1_723_161_254_000, 2 ** 53, -1, 1.5, Number.POSITIVE_INFINITY),
  fc.array(fc.oneof(fc.double(), fc.constant(null)), { maxLength: 3 }),
  fc.array(fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true })), { maxLength: 3 }),
  fc.object({ maxDepth: 1 }),
);

const TRADE = { id: '1', price: 60_000, size: 0.5, side: 'buy', timestamp: 1_723_161_254_000 };
const GOOD = {
  'price:update': {
    ...{ channel: 'price:public', seq: 7, timestamp: 1_723_161_254_000, symbol: 'demo:BTC/USDT' },
    ...{ price: 60_000, bid: null, ask: 60_000.5, volume: 1, change24h: -1.5 },
    ...{ high24h: 61_000, low24h: 59_000, eventTime: 1_723_161_254_000 },
  },
  'trade:new': {
    ...{ channel: 'symbol:demo:BTC/USDT:trades', seq: 7, prevSeq: 5, timestamp: 1_723_161_254_000 },
    ...{ symbol: 'demo:BTC/USDT', trades: [TRADE, { ...TRADE, id: '2', side: 'sell' }] },
  },
  'orderbook:update': {
    ...{ channel: 'symbol:demo:BTC/USDT:orderbook', seq: 7, prevSeq: 6 },
    ...{ timestamp: 1_723_161_254_000, symbol: 'demo:BTC/USDT', kind: 'delta' },
    ...{ bids: [[60_000, 1.5]], asks: [[60_001, 0]], sequence: 12 },
  },
} as const;
const EVENTS = ['price:update', 'trade:new', 'orderbook:update'] as const;

describe('guardOf', () => {
  it('lets pass what the schema lets pass', () => {
    for (const event of EVENTS) {
      expect(pushSchemas[event].safeParse(GOOD[event]).success).toBe(true);
      expect(guardOf(pushSchemas[event])(GOOD[event])).toBe(true);
    }
  });

  it('says of every push with one field changed or left out what its schema says', () => {
    for (const event of EVENTS) {
      const schema = pushSchemas[event];
      const guard = guardOf(schema);
      const field = fc.constantFrom(...Object.keys(GOOD[event]), 'unknown');
      fc.assert(
        fc.property(field, anything, fc.boolean(), (key, value, isLeftOut) => {
          const { [key]: _, ...rest } = { ...GOOD[event] } as Record<string, unknown>;
          const changed = isLeftOut ? rest : { ...rest, [key]: value };
          expect(guard(changed)).toBe(schema.safeParse(changed).success);
        }),
        { numRuns: 2_000 },
      );
    }
  });

  it('says of anything what every push’s schema says', () => {
    for (const schema of Object.values(pushSchemas)) {
      const guard = guardOf(schema);
      fc.assert(
        fc.property(anything, (value) => {
          expect(guard(value)).toBe(schema.safeParse(value).success);
        }),
      );
    }
  });

  it('leaves to the schema what it does not know', () => {
    const schemas = [
      z.strictObject({ a: z.string() }),
      z.object({ a: z.string().optional() }),
      z.object({ a: z.string().default('x') }),
      z.string().min(2),
      z.array(z.number()).max(2),
      z.number().positive(),
      z.int(),
      z.tuple([z.number(), z.string()]),
      z.tuple([z.number()]).rest(z.string()),
      z.tuple([z.number(), z.string().optional()]),
      z.union([z.string(), z.number()]),
      z.record(z.string(), z.number()),
      z.object({ a: z.number() }).refine(({ a }) => a > 1),
    ];
    const values = fc.oneof(
      anything,
      fc.constantFrom('a', 'ab', {}, { a: 'x' }, { a: undefined }, { a: 2 }, { a: 'x', b: 1 }),
    );
    for (const schema of schemas) {
      const guard = guardOf(schema);
      fc.assert(
        fc.property(values, (value) => {
          expect(guard(value)).toBe(schema.safeParse(value).success);
        }),
      );
    }
  });
});
