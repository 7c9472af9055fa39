import { type DestinationStream, pino } from 'pino';
import { type LogFiles, type LogFilesOptions, openLogFiles } from './log-files.ts';
import { LOG_THRESHOLDS, type LogThreshold } from './log-thresholds.ts';
import { redact } from './redaction.ts';

/** Structured log: one JSON object a line. The first argument carries the fields. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a person at the terminal is shown. */
const TERMINAL_THRESHOLD: LogThreshold = 'warn';

/** Standard error: standard output is left to what a command answers. */
const standardError = (): DestinationStream => pino.destination({ dest: 2, sync: true });

/** Logs to standard error, or to the destination given. */
export function createLog(level: LogThreshold, destination?: DestinationStream): Log {
  return createPino(level, destination ?? standardError());
}

/** A log that shows warnings at once, and keeps everything in files when it is told where. */
export interface Logbook {
  readonly log: Log;
  /** From now on also to rotating files in this folder, which is made. */
  keepIn(folder: string, options?: LogFilesOptions): Promise<LogFiles>;
}

export function createLogbook(level: LogThreshold, terminal = standardError()): Logbook {
  let files: DestinationStream | undefined;
  const filed: DestinationStream = { write: (line) => files?.write(line) };
  const log = createPino(
    level,
    pino.multistream([
      { level: numberOf(level), stream: filed },
      { level: numberOf(severer(level, TERMINAL_THRESHOLD)), stream: terminal },
    ]),
  );
  return {
    log,
    keepIn: async (folder, options) => {
      const onFailure = (reason: string): void => {
        files = undefined;
        log.warn({ reason }, 'the log files cannot be written; the log goes on without them');
      };
      const opened = await openLogFiles(folder, onFailure, options);
      files = opened.stream;
      return {
        close: async () => {
          files = undefined;
          await opened.close();
        },
      };
    },
  };
}

const severer = (one: LogThreshold, other: LogThreshold): LogThreshold =>
  LOG_THRESHOLDS.indexOf(one) > LOG_THRESHOLDS.indexOf(other) ? one : other;

const numberOf = (level: LogThreshold): number =>
  pino.levels.values[level] ?? Number.POSITIVE_INFINITY;

const createPino = (level: LogThreshold, destination: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
    },
    destination,
  );
