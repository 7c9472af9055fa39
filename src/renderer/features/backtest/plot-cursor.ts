/** The index of the time that lies nearest to a place, from 0 at the first time to 1 at the last. */
export function indexAt(times: readonly number[], place: number): number {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const wanted = first + Math.min(1, Math.max(0, place)) * (last - first);
  const after = times.findIndex((time) => time >= wanted);
  if (after <= 0) return 0;
  const [before, next] = [times[after - 1] ?? first, times[after] ?? last];
  return wanted - before < next - wanted ? after - 1 : after;
}

/** Where the time of an index lies: 0 at the first, 1 at the last. */
export function placeOf(times: readonly number[], index: number): number {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return ((times[index] ?? first) - first) / (last - first || 1);
}
