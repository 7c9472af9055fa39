import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { bindClassNames } from './class-names.ts';
import styles from './table.module.css';
import { TableHead, type TableProps, widthOf } from './table.tsx';
import { useHeldColumns } from './use-held-columns.ts';
import { useKeptFocus } from './use-kept-focus.ts';

const cx = bindClassNames(styles);

const TOUCHES = ['pointermove', 'keydown'] as const;
const OVERSCAN_ROWS = 8;
/** Until a row has been measured. */
const USUAL_ROW_PX = 25;
/** Rows differ by so much where borders meet; what follows every one of them would never come to rest. */
const SAME_ROW_PX = 1;

export interface VirtualTableProps extends Omit<TableProps, 'children'> {
  readonly count: number;
  /** A hand moves over it, or types: rows that change places meanwhile would be missed. */
  readonly onTouch?: () => void;
  /** A `Row` with its key and its `index`. */
  readonly children: (index: number) => ReactNode;
}

/** A table of any length, of which only the rows in sight are drawn; all are of one height. */
export function VirtualTable(props: VirtualTableProps) {
  const { label, columns, testId, sorting, onSort, onTouch, count, children } = props;
  const frameRef = useRef<HTMLDivElement>(null);
  const tableRef = useRef<HTMLTableElement>(null);
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const [rowPx, setRowPx] = useState(USUAL_ROW_PX);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => frameRef.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
  });
  useRowHeight(bodyRef, rowPx, setRowPx);
  // biome-ignore lint/correctness/useExhaustiveDependencies: all places follow from the height
  useLayoutEffect(() => virtualizer.measure(), [rowPx, virtualizer]);
  useEffect(() => {
    const frame = frameRef.current;
    if (frame === null || onTouch === undefined) return;
    for (const event of TOUCHES) frame.addEventListener(event, onTouch, { passive: true });
    return () => {
      for (const event of TOUCHES) frame.removeEventListener(event, onTouch);
    };
  }, [onTouch]);
  useKeptFocus(bodyRef, count);
  const items = virtualizer.getVirtualItems();
  useHeldColumns(tableRef, {
    columnsKey: columns.map((one) => `${one.key} ${one.label}`).join(),
    rowsKey: `${count} ${items[0]?.index} ${items.length}`,
  });
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={frameRef} className={cx('frame')}>
      <table
        ref={tableRef}
        className={cx('table')}
        style={widthOf(columns)}
        aria-label={label}
        aria-rowcount={count + 1}
        data-testid={testId}
      >
        <TableHead {...{ columns, sorting, onSort }} />
        <tbody ref={bodyRef}>
          <Spacer heightPx={before} />
          {items.map(({ index }) => children(index))}
          <Spacer heightPx={after} />
        </tbody>
      </table>
    </div>
  );
}

/** Density and screen decide on the height. The browser tells of it: asking would lay the page out anew. */
function useRowHeight(
  bodyRef: RefObject<HTMLTableSectionElement | null>,
  rowPx: number,
  setRowPx: (px: number) => void,
): void {
  const [observer] = useState(
    () =>
      new ResizeObserver((entries) => {
        const px = entries.at(-1)?.target.getBoundingClientRect().height ?? 0;
        if (px > 0 && Math.abs(px - known.current) > SAME_ROW_PX) setRowPx(px);
      }),
  );
  const known = useRef(rowPx);
  known.current = rowPx;
  const observed = useRef<Element | null>(null);
  // After every drawing: the first row may be another one.
  useLayoutEffect(() => {
    const row = bodyRef.current?.querySelector('tr[aria-rowindex]') ?? null;
    if (row === observed.current) return;
    observer.disconnect();
    if (row !== null) observer.observe(row);
    observed.current = row;
  });
  useEffect(() => () => observer.disconnect(), [observer]);
}

/**
 * Stands for the rows that are not drawn. One cell is enough: one that spans all columns would give room
 * to those that a narrow panel leaves out.
 */
const Spacer = ({ heightPx }: { readonly heightPx: number }) =>
  heightPx > 0 && (
    <tr className={cx('spacer')}>
      <td style={{ height: heightPx }} />
    </tr>
  );
