import type { Instrument } from '#domain/instrument.ts';

/** What stands beside a parameter's figure: `base` and `quote` are the currencies of the bot's instrument. */
export const parameterUnit = (
  unit: string,
  instrument: Pick<Instrument, 'base' | 'quote'>,
): string => (unit === 'base' || unit === 'quote' ? instrument[unit] : unit);
