const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * Delay before try number `attempt` (from 1): doubles from 1 s to 30 s, for ever, with half of it
 * jittered so that clients do not come back in step (rule H5). `random` is in [0, 1).
 */
export function backoffDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 16));
  return Math.max(FIRST_DELAY_MS, Math.round(ceiling * (0.5 + random / 2)));
}
