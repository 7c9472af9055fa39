import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { HeldColumns } from './held-columns.ts';

/** Lets a table's columns stand still while its rows change; anew where `key` does. */
export function useHeldColumns(tableRef: RefObject<HTMLTableElement | null>, key: string): void {
  const held = useRef<HeldColumns | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns need other widths
  useLayoutEffect(() => {
    const table = tableRef.current;
    held.current = table && new HeldColumns(table);
  }, [tableRef, key]);
  // After every drawing: rows have come.
  useLayoutEffect(() => held.current?.update());
  useEffect(() => {
    const table = tableRef.current;
    if (table === null) return;
    // A wider table may show columns that a narrow one leaves out.
    const observer = new ResizeObserver(() => held.current?.update());
    observer.observe(table);
    return () => observer.disconnect();
  }, [tableRef]);
}
