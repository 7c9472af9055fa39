const FIRST_DELAY_MS = 1_000;
const MOST_DELAY_MS = 30_000;
/** The part of a delay that chance takes off, so that clients do not come back all at once. */
const JITTER = 0.5;

/** Milliseconds before try `attempt` (1, 2, …): doubles from 1 s to 30 s, less up to half by chance. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  const jittered = full * (1 - JITTER * random());
  return Math.max(FIRST_DELAY_MS, Math.round(jittered));
}
