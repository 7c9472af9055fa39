import { type DestinationStream, pino } from 'pino';

/** Structured log: one JSON object a line. The first argument carries the fields. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const SECRETS = ['token', 'code', 'cookie', 'authorization', '*.token', '*.code', '*.cookie'];

/** Logs to standard error, which leaves standard output to what a command answers. */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    { level, base: null, redact: SECRETS, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
