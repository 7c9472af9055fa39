/**
 * How many entries came in above those that are shown, newest first; 0 where that is not all that
 * happened. The newest one that is shown may have grown since, so that the one below it is looked for.
 */
export function newcomersAbove<Entry>(
  shown: readonly (Entry | undefined)[],
  wanted: readonly (Entry | undefined)[],
): number {
  const [, second] = shown;
  if (second === undefined) return 0;
  return Math.max(0, wanted.indexOf(second) - 1);
}
