import type { Sorting } from './table.tsx';

/** What a row is ordered by; null where it has no such value. */
export type OrderValue = number | string | null;

/** `Bot 2` before `Bot 10`; made once, since making one costs more than comparing a thousand names. */
const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const compare = (left: number | string, right: number | string): number =>
  typeof left === 'number' && typeof right === 'number'
    ? left - right
    : names.compare(String(left), String(right));

/** Ordered anew; what has no value stands at the end either way, and equals stay as they stood. */
export function orderRows<T>(
  rows: readonly T[],
  readValue: (row: T) => OrderValue,
  isDescending: boolean,
): readonly T[] {
  const sign = isDescending ? -1 : 1;
  // Read once a row: of thousands, most are compared a dozen times.
  return rows
    .map((row) => ({ row, value: readValue(row) }))
    .sort((a, b) =>
      a.value === null || b.value === null
        ? Number(a.value === null) - Number(b.value === null)
        : sign * compare(a.value, b.value),
    )
    .map(({ row }) => row);
}

/** What a click on a heading asks for: its own first direction, the other one, then how it was at first. */
export function nextSorting(current: Sorting, first: Sorting, initial: Sorting): Sorting {
  if (current.key !== first.key) return first;
  if (current.isDescending === first.isDescending) {
    return { key: first.key, isDescending: !first.isDescending };
  }
  return initial.key === first.key ? first : initial;
}
