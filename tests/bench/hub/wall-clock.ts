/** Epoch milliseconds with microseconds behind the point; comparable between processes of a machine. */
export const wallClockMs = (): number => performance.timeOrigin + performance.now();
