export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const round = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

export interface Speed {
  /** Millions of trades a second by the clock on the wall. */
  readonly wall: number;
  /** The same by the processor's time: what is left of it where other programs run beside. */
  readonly cpu: number;
}

export function speedOf(trades: number, work: () => void): Speed {
  const begunMs = performance.now();
  const cpuBefore = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(cpuBefore);
  const elapsedMs = performance.now() - begunMs;
  return { wall: trades / elapsedMs / 1_000, cpu: trades / (user + system) };
}

export function unwrap<T>(
  result: { ok: true; value: T } | { ok: false; error: { message: string } },
): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
