import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { DeckNumber } from '#main/replay/decks.ts';

const MOST = 999_999_998;
const numberSchema = z.coerce.number().int().min(0).max(MOST);

/** Kept in a file of its own: a replay writes nothing to the ledger, nor to the tape. */
export function deckNumber(file: string): DeckNumber {
  return {
    last: read(file),
    keep: (number) => writeFileSync(file, `${number}\n`),
  };
}

/** What is not there, or cannot be read as a number, begins anew. */
function read(file: string): number {
  try {
    return numberSchema.safeParse(readFileSync(file, 'utf8').trim()).data ?? 0;
  } catch {
    return 0;
  }
}
