/** A time as commands write it: UTC, ISO 8601. `time`: epoch milliseconds. */
export const isoTime = (time: number): string => new Date(time).toISOString();
