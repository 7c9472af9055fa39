/**
 * Where two texts of a number part: what is before stays, what is after flashes. The parting never
 * lies inside the shown sign or a group's comma alone, so that whole digits flash.
 */
export function changedFrom(previous: string, next: string): number {
  if (previous.length !== next.length) return 0;
  let index = 0;
  while (index < next.length && previous[index] === next[index]) index += 1;
  return index;
}
