import { SeededRandom } from '../fuzz/random.ts';

/** What came of killing a process some number of times. */
export interface TortureReport {
  readonly rounds: number;
  readonly seed: number;
  /** In words, with the round; empty where every rule held. */
  readonly faults: readonly string[];
  readonly [figure: string]: unknown;
}

const SHORTEST_MS = 20;
const LONGEST_MS = 1_400;

/** Deals moments to kill at, the same for the same seed, and gathers what each round finds wrong. */
export async function tortured(
  { rounds, seed }: { readonly rounds: number; readonly seed: number },
  playRound: (round: number, killAfterMs: number) => Promise<readonly string[]>,
): Promise<TortureReport> {
  const faults: string[] = [];
  const random = new SeededRandom(seed);
  for (let round = 0; round < rounds; round++) {
    const killAfterMs = SHORTEST_MS + random.next() * (LONGEST_MS - SHORTEST_MS);
    const found = await playRound(round, killAfterMs);
    faults.push(...found.map((fault) => `round ${round}, ${Math.round(killAfterMs)} ms: ${fault}`));
  }
  return { rounds, seed, faults };
}
