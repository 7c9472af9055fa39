import { fail, type Result, succeed } from '#contract/errors.ts';
import { type EpochMs, isEpochMs } from '#domain/units.ts';

const RANGE = /^(.*?)\.\.(.*)$/;

/** `FROM..TO`, each a time in ISO 8601 or epoch milliseconds, or nothing. */
export function parseRange(text = '..'): Result<{ fromTime?: EpochMs; toTime?: EpochMs }> {
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
