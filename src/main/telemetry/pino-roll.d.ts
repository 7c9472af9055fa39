declare module 'pino-roll' {
  import type { pino } from 'pino';

  interface RollOptions {
    /** Without its number and extension. */
    readonly file: string;
    readonly extension?: string;
    /** With a unit: `10m`, `4096b`. */
    readonly size?: string;
    readonly limit?: { readonly count: number; readonly removeOtherLogFiles?: boolean };
    readonly mkdir?: boolean;
    readonly mode?: number;
    readonly sync?: boolean;
  }

  export default function roll(options: RollOptions): Promise<ReturnType<typeof pino.destination>>;
}
