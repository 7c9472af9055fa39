/** Of the item after (1) or before (−1) the chosen one; past either end comes none, and then the other end. */
export function nextIndex(ids: readonly string[], chosen: string | null, step: 1 | -1): number {
  const index = chosen === null ? -1 : ids.indexOf(chosen);
  if (index !== -1) return index + step;
  return step === 1 ? 0 : ids.length - 1;
}
