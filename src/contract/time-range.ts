import { type EpochMs, isEpochMs } from '#domain/units.ts';
import { fail, type Result, succeed } from './errors.ts';

const RANGE = /^(.*?)\.\.(.*)$/;

/** Open at an end that is not said; exclusive at the other one. */
export interface SaidRange {
  readonly fromTime?: EpochMs;
  readonly toTime?: EpochMs;
}

/** `FROM..TO`, each a time in ISO 8601 or epoch milliseconds, or nothing. */
export function parseRange(text = '..'): Result<SaidRange> {
  const [, from, to] = RANGE.exec(text) ?? [];
  if (from === undefined || to === undefined) return badRange(text);
  const fromTime = parseTime(from);
  const toTime = parseTime(to);
  if (fromTime === null || toTime === null) return badRange(text);
  return succeed({
    ...(fromTime !== undefined && { fromTime }),
    ...(toTime !== undefined && { toTime }),
  });
}

const badRange = (text: string) =>
  fail('invalid_payload', `"${text}" is not FROM..TO, in ISO 8601 or epoch milliseconds.`);

const DIGITS = /^\d+$/;

/** Undefined where nothing is said, null where it is no time. */
function parseTime(text: string): EpochMs | null | undefined {
  if (text === '') return undefined;
  const time = DIGITS.test(text) ? Number(text) : Date.parse(text);
  return isEpochMs(time) ? time : null;
}
