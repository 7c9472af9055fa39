import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import { parseRange } from '#contract/time-range.ts';
import { CANDLE_INTERVALS, type CandleInterval } from '#domain/candle.ts';
import type { SourceSpec } from '../backtest/source-spec.ts';

/** What a backtest plays, as a user says it. */
export interface SourceOptions {
  readonly dataDir: string;
  /** Of the tape; bots on others are refused. None: those of the bots. */
  readonly instrument: readonly string[];
  /** `FROM..TO`, of the tape or of candles. */
  readonly range?: string;
  /** A recording in place of the tape. */
  readonly file?: string;
  /** A CSV file of candles in place of the tape. */
  readonly candles?: string;
  /** Imported candles of this interval in place of the tape. */
  readonly imported?: CandleInterval;
}

export const importedOption = (): Option =>
  new Option('--imported <interval>', 'imported candles in place of the tape').choices(
    CANDLE_INTERVALS,
  );

export function specOf(
  { dataDir, instrument, range: text, file, candles, imported }: SourceOptions,
  bots: readonly DeckBot[],
): Result<SourceSpec> {
  const places = [file, candles, imported].filter((one) => one !== undefined);
  if (places.length > 1) {
    return fail('invalid_payload', 'Say one of --file, --candles and --imported.');
  }
  const stranger = bots.find(({ instrumentId }) => !instrument.includes(instrumentId));
  if (instrument.length > 0 && stranger) {
    return fail('unknown_instrument', `No --instrument is ${stranger.instrumentId}.`);
  }
  if (file !== undefined) {
    if (text === undefined) return succeed({ kind: 'file', file: resolve(file) });
    return fail('invalid_payload', 'A recording is played as a whole: leave --range out.');
  }
  const range = parseRange(text);
  if (!range.ok) return range;
  if (candles !== undefined) {
    return succeed({ kind: 'candleFile', file: resolve(candles), ...range.value });
  }
  const tapePath = join(dataDir, 'tape.db');
  return succeed(
    imported === undefined
      ? { kind: 'tape', tapePath, ...range.value }
      : { kind: 'importedCandles', interval: imported, tapePath, ...range.value },
  );
}
