import { LOG_LEVELS, type LogLevel } from '#domain/bot.ts';
import { fitsWords } from '../../ui/fits-words.ts';

/** As of a bot's log; what is looked for is level and message. */
export interface LogFilter {
  /** This level and all that are worse. */
  readonly level: LogLevel;
  readonly search: string;
}
export const ALL_LINES: LogFilter = { level: 'debug', search: '' };

export const isLogFiltered = ({ level, search }: LogFilter): boolean =>
  level !== ALL_LINES.level || search.trim() !== '';

interface Line {
  readonly time: number;
  readonly level: LogLevel;
  readonly message: string;
}

export function fittingLines<L extends Line>(
  lines: readonly L[],
  { level, search }: LogFilter,
): readonly L[] {
  const least = LOG_LEVELS.indexOf(level);
  const fits = fitsWords(search);
  return lines.filter((line) => LOG_LEVELS.indexOf(line.level) >= least && fits(line.message));
}

/** The lines of `longer` that are older than all of `newest`; both begin with the newest. */
export function olderLines<L extends Line>(
  longer: readonly L[],
  newest: readonly Line[],
): readonly L[] {
  const oldest = newest.at(-1);
  if (oldest === undefined) return longer;
  const { time, level, message } = oldest;
  const known = longer.findLastIndex(
    (line) => line.time === time && line.level === level && line.message === message,
  );
  return known >= 0 ? longer.slice(known + 1) : longer.filter((line) => line.time < time);
}
