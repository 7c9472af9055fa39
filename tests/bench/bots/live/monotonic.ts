const NS_A_MS = 1e6;

/** The machine's monotonic clock, milliseconds: the same in all threads and processes. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / NS_A_MS;
