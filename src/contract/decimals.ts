import { z } from 'zod';
import { type DecimalString, isDecimalString, PLAIN_DECIMAL } from '#domain/decimal.ts';

export const decimalStringSchema = z
  .custom<DecimalString>(
    (value) => typeof value === 'string' && isDecimalString(value),
    'not a decimal in plain notation',
  )
  .meta({
    type: 'string',
    pattern: PLAIN_DECIMAL.source,
    description: 'An exact decimal in plain notation',
    examples: ['0.05', '-12.50'],
  });

const isPositive = (text: string): boolean => !text.startsWith('-') && /[1-9]/.test(text);

export const positiveDecimalSchema = decimalStringSchema.refine(isPositive, 'not more than zero');
