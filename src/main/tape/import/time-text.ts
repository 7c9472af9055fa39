const DIGITS = /^\d{1,20}$/;
const SECONDS_WITH_FRACTION = /^(\d{1,11})\.(\d{1,12})$/;
const MILLISECONDS_WITH_FRACTION = /^\d{12,14}\.\d{1,9}$/;
const ISO =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?\s*(?:(Z|UTC)|([+-]\d\d):?(\d\d))?$/i;

/** From here on a whole number counts the next smaller unit: until 1973, seconds could be either. */
const FIRST_MILLISECONDS = 1e11;
const FIRST_MICROSECONDS = 1e14;
const FIRST_NANOSECONDS = 1e17;
const MICROSECOND_DIGITS = 6;

/**
 * Epoch milliseconds of a time written as seconds (with a fraction, too), milliseconds, microseconds
 * or nanoseconds since 1970, told apart by their magnitude, or in ISO 8601. A date without a zone is
 * UTC. Kept to the microsecond, which is what a double of milliseconds holds. NaN for anything else.
 */
export function parseTime(text: string): number {
  if (DIGITS.test(text)) return wholeNumber(text);
  const [, seconds, fraction] = SECONDS_WITH_FRACTION.exec(text) ?? [];
  if (seconds !== undefined && fraction !== undefined)
    return withFraction(Number(seconds) * 1_000, fraction);
  if (MILLISECONDS_WITH_FRACTION.test(text)) return Math.round(Number(text) * 1_000) / 1_000;
  return isoTime(text);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (value < FIRST_MILLISECONDS) return value * 1_000;
  if (value < FIRST_MICROSECONDS) return value;
  if (value < FIRST_NANOSECONDS) return value / 1_000;
  // Nanoseconds are beyond exact integers: what is below the microsecond is cut off as text.
  return Number(text.slice(0, -3)) / 1_000;
}

function isoTime(text: string): number {
  const parts = ISO.exec(text);
  if (!parts) return Number.NaN;
  const [, date, minutes, seconds = '00', fraction = '0', , zoneHours, zoneMinutes] = parts;
  const zone = zoneHours === undefined ? 'Z' : `${zoneHours}:${zoneMinutes}`;
  return withFraction(Date.parse(`${date}T${minutes}:${seconds}${zone}`), fraction);
}

/** Sums in whole microseconds, so that the result is the double nearest to the decimal. */
function withFraction(wholeMs: number, fraction: string): number {
  const micros = Number(fraction.slice(0, MICROSECOND_DIGITS).padEnd(MICROSECOND_DIGITS, '0'));
  return (wholeMs * 1_000 + micros) / 1_000;
}
