import type { BadLine } from '#contract/tape-requests.ts';
import { tell } from './terminal.ts';

/** Which lines of a file were left out, by number. */
export function tellBadLines({
  badLines,
  badLineSamples,
}: {
  readonly badLines: number;
  readonly badLineSamples: readonly BadLine[];
}): void {
  for (const { line, reason } of badLineSamples) tell(`line ${line}: ${reason}`);
  const more = badLines - badLineSamples.length;
  if (more > 0) tell(`… and ${count(more, 'bad line')} more`);
}

export const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
