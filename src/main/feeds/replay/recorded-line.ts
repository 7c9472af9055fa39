import type { EpochMs } from '#domain/units.ts';
import type { BinanceMessage } from '../binance/messages.ts';
import { type Parsed, parseBinanceText } from '../binance/parse.ts';

/** One line of a recording: when it was received, and the message. */
export interface RecordedMessage {
  readonly receivedTime: EpochMs;
  readonly message: BinanceMessage;
}

/** Nineteen digits are nanoseconds of the years 2001 to 2286. */
const RECORD = /^(\d{19}) (.*)$/s;
const NANOSECOND_DIGITS = 6;

/** `<receive time, unix nanoseconds> <raw JSON>` */
export function parseRecordedLine(text: string): Parsed<RecordedMessage> {
  const [, nanoseconds = '', json = ''] = RECORD.exec(text) ?? [];
  if (nanoseconds === '') {
    return { ok: false, reason: 'does not begin with a receive time in unix nanoseconds' };
  }
  const parsed = parseBinanceText(json);
  if (!parsed.ok) return parsed;
  const receivedTime = Number(nanoseconds.slice(0, -NANOSECOND_DIGITS)) as EpochMs;
  return { ok: true, value: { receivedTime, message: parsed.value } };
}
