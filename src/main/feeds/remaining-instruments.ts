import { type Result, succeed } from '#contract/errors.ts';
import type { Instrument } from '#domain/instrument.ts';

/** What an exchange still has of what a feed carried. */
export interface Remaining {
  readonly instruments: readonly Instrument[];
  /** Why it has the others no more: a sentence each. */
  readonly missing: readonly string[];
}

type Ask = (symbols: readonly string[]) => Promise<Result<readonly Instrument[]>>;

/**
 * Asks for all, and one by one where an exchange does not know one of them: it may be delisted, or have another name.
 * Fails as `ask` where nothing is left, or for any other reason.
 */
export async function remainingOf(
  symbols: readonly string[],
  ask: Ask,
): Promise<Result<Remaining>> {
  const all = await ask(symbols);
  if (all.ok) return succeed({ instruments: all.value, missing: [] });
  if (all.error.code !== 'unknown_instrument') return all;
  const instruments: Instrument[] = [];
  const missing: string[] = [];
  for (const symbol of symbols) {
    const one = await ask([symbol]);
    if (one.ok) instruments.push(...one.value);
    else if (one.error.code === 'unknown_instrument') missing.push(one.error.message);
    else return one;
  }
  return instruments.length > 0 ? succeed({ instruments, missing }) : all;
}
