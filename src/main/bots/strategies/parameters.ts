import { z } from 'zod';
import { CANDLE_INTERVALS, type CandleInterval } from '#domain/candle.ts';
import { type DecimalString, decimal, isDecimalString } from '#domain/decimal.ts';

/** What several strategies let the user decide, said the same way. */

const positiveDecimal = (fallback: string) =>
  z
    .string()
    .refine(
      (text): text is DecimalString => isDecimalString(text) && decimal(text).gt(0),
      'not a positive decimal',
    )
    .default(fallback as DecimalString);

export const quantityParameter = (description: string) =>
  positiveDecimal('0.01').meta({ title: 'Quantity', description, unit: 'base' });

export const moneyParameter = (fallback: string, title: string, description: string) =>
  positiveDecimal(fallback).meta({ title, description, unit: 'quote' });

export const intervalParameter = (fallback: CandleInterval) =>
  z.enum(CANDLE_INTERVALS).default(fallback).meta({
    title: 'Candles',
    description: 'The interval of the candles that it computes from.',
    unit: '',
  });

export const periodParameter = (fallback: number, title: string, description: string) =>
  z.int().min(2).max(500).default(fallback).meta({ title, description, unit: 'candles' });

const DIRECTIONS = ['long', 'short', 'both'] as const;
export type Directions = (typeof DIRECTIONS)[number];

export const directionsParameter = z.enum(DIRECTIONS).default('long').meta({
  title: 'Directions',
  description: 'Whether it buys to sell later (long), sells to buy back later (short), or both.',
  unit: '',
});

export const stopLossParameter = z.number().min(0).max(90).default(0).meta({
  title: 'Stop loss',
  description:
    'Closes the position with a stop order when the price goes so far against it from its average entry; 0 for none.',
  unit: '%',
});
