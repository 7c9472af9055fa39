import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { HeldColumns } from './held-columns.ts';

/**
 * What is written into rows that are there already is looked at so much later: to ask for widths amid
 * each drawing has the browser lay the page out once more each time. Nothing is cut meanwhile.
 */
const LOOK_AFTER_MS = 500;

/** What a table's columns depend on. */
interface HeldBy {
  /** Other columns need other widths. */
  readonly columnsKey: string;
  /** Other rows may need wider ones, at once. */
  readonly rowsKey: string;
}

/** Lets a table's columns stand still while its rows change. */
export function useHeldColumns(
  tableRef: RefObject<HTMLTableElement | null>,
  { columnsKey, rowsKey }: HeldBy,
): void {
  const held = useRef<HeldColumns | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns need other widths
  useLayoutEffect(() => {
    const table = tableRef.current;
    held.current = table && new HeldColumns(table);
  }, [tableRef, columnsKey]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows have come
  useLayoutEffect(() => held.current?.update(), [columnsKey, rowsKey]);
  useEffect(() => {
    const table = tableRef.current;
    if (table === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Rows are drawn without the table around them when what they tell has changed.
    const written = new MutationObserver(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        held.current?.update();
      }, LOOK_AFTER_MS);
    });
    written.observe(table, { subtree: true, childList: true, characterData: true });
    // A wider table may show columns that a narrow one leaves out.
    const resized = new ResizeObserver(() => held.current?.update());
    resized.observe(table);
    return () => {
      written.disconnect();
      resized.disconnect();
      clearTimeout(timer);
    };
  }, [tableRef]);
}
