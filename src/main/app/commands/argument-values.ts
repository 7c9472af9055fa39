import { InvalidArgumentError } from 'commander';
import { type ReplaySpeed, replaySpeedSchema } from '#contract/replay-requests.ts';
import { type InstrumentId, isInstrumentId } from '#domain/instrument.ts';
import { type EpochMs, isEpochMs } from '#domain/units.ts';
import { parseTime } from '#main/tape/import/time-text.ts';

// What several commands take: each reads one argument, and refuses it with an example of one that would do.

export function parseInstrument(text: string): InstrumentId {
  if (!isInstrumentId(text))
    throw new InvalidArgumentError('An instrument is like binance:BTC/USDT.');
  return text;
}

const DATE = /^\d{4}-\d\d-\d\d$/;

export function parseMoment(text: string): EpochMs {
  const time = parseTime(DATE.test(text) ? `${text}T00:00Z` : text);
  if (!isEpochMs(time))
    throw new InvalidArgumentError(
      'A time is like 2025-01-31, 2025-01-31T12:00Z or 1738324800000.',
    );
  return time;
}

export function parseSpeed(text: string): ReplaySpeed {
  const speed = replaySpeedSchema.safeParse(text === 'max' ? text : Number(text));
  if (!speed.success) throw new InvalidArgumentError('A speed is 0.1 to 1000, or max.');
  return speed.data;
}

/** Of an option that may be repeated. */
export const append = (item: string, list: readonly string[]): readonly string[] => [...list, item];

export const appendInstrument = (
  text: string,
  list: readonly InstrumentId[],
): readonly InstrumentId[] => [...list, parseInstrument(text)];
