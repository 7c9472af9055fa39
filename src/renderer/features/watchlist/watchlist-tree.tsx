import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { bindClassNames } from '../../ui/class-names.ts';
import { type RowDrag, useRowDrag } from './use-row-drag.ts';
import styles from './watchlist-panel.module.css';
import type { WatchlistRow } from './watchlist-rows.ts';

const cx = bindClassNames(styles);

const INSTRUMENT_PX = 44;
const HEADING_PX = 28;
const OVERSCAN_ROWS = 2;

const heightOf = (row: WatchlistRow | undefined): number =>
  row?.kind === 'instrument' ? INSTRUMENT_PX : HEADING_PX;

export interface WatchlistTreeProps {
  readonly rows: readonly WatchlistRow[];
  readonly label: string;
  readonly selectedKey: string | null;
  /** Of the group that is given a name. */
  readonly namedKey: string | null;
  readonly canDrag: boolean;
  readonly onDrop: (drag: RowDrag) => void;
  /** A key on the row that has the focus, other than up, down, Home and End. */
  readonly onRowKey: (event: KeyboardEvent, index: number) => void;
  /** The focus was moved to a row by keyboard. */
  readonly onReached: (index: number) => void;
  readonly children: (row: WatchlistRow, index: number) => ReactNode;
}

/**
 * The lines of the watchlist as a tree with one tab stop. Only what is in sight is drawn, and the row
 * that has the focus, so that a long list costs no more than a short one.
 */
export function WatchlistTree(props: WatchlistTreeProps) {
  const { rows, label, selectedKey, namedKey, canDrag } = props;
  const { onDrop, onRowKey, onReached, children } = props;
  const treeId = useId();
  const viewportRef = useRef<HTMLDivElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const indexOf = (key: string | null) => rows.findIndex((row) => row.key === key);
  const activeIndex = Math.max(
    0,
    indexOf(focusedKey) < 0 ? indexOf(selectedKey) : indexOf(focusedKey),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewportRef.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), activeIndex])].sort((a, b) => a - b),
  });
  // Heights go by the row's kind: another row at an index is another height.
  const shape = rows.map((row) => (row.kind === 'instrument' ? '.' : '-')).join('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the shape changes
  useLayoutEffect(() => virtualizer.measure(), [shape, virtualizer]);

  const wantedFocus = useRef<string | null>(null);
  useLayoutEffect(() => {
    const key = wantedFocus.current;
    if (key === null) return;
    const element = viewportRef.current?.querySelector<HTMLElement>(
      `[data-key="${CSS.escape(key)}"]`,
    );
    if (element == null) return;
    wantedFocus.current = null;
    element.focus({ preventScroll: true });
  });
  const selectedIndex = indexOf(selectedKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is selected anew is scrolled to
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedKey]);
  const namedIndex = indexOf(namedKey);
  useEffect(() => {
    if (namedIndex >= 0) virtualizer.scrollToIndex(namedIndex, { align: 'auto' });
  }, [namedIndex, virtualizer]);

  const reach = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    wantedFocus.current = row.key;
    setFocusedKey(row.key);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    onReached(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = placeOfKey(event, activeIndex, rows.length);
    if (target === null) {
      onRowKey(event, activeIndex);
      // A row that is moved by keyboard keeps the focus where it comes to stand.
      if (event.altKey) wantedFocus.current = rows[activeIndex]?.key ?? null;
      return;
    }
    event.preventDefault();
    reach(target);
  };
  const placeAt = (y: number): number => {
    let top = 0;
    for (const [index, row] of rows.entries()) {
      if (y < top + heightOf(row) / 2) return index;
      top += heightOf(row);
    }
    return rows.length;
  };
  const { drag, begin } = useRowDrag({ viewportRef, placeAt, onDrop });
  const topOf = (index: number) =>
    rows.slice(0, index).reduce((sum, row) => sum + heightOf(row), 0);
  const onFocus = (event: FocusEvent<HTMLElement>) =>
    setFocusedKey(event.currentTarget.getAttribute('data-key'));

  return (
    <div
      ref={viewportRef}
      className={cx('viewport')}
      role="tree"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      <div className={cx('spacer')} style={{ height: virtualizer.getTotalSize() }} role="none">
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={row.key}
              role="treeitem"
              id={`${treeId}-${row.key}`}
              data-key={row.key}
              className={cx('item', drag?.from === item.index && 'dragged')}
              style={{ top: item.start, height: item.size }}
              {...ariaOf(row, { rows, index: item.index, isSelected: row.key === selectedKey })}
              tabIndex={item.index === activeIndex ? 0 : -1}
              onFocus={onFocus}
              onPointerDown={canDrag ? (event) => begin(event, item.index) : undefined}
            >
              {children(row, item.index)}
            </div>
          );
        })}
        {drag !== null && <div className={cx('place')} style={{ top: topOf(drag.to) }} />}
      </div>
    </div>
  );
}

function placeOfKey({ key, altKey }: KeyboardEvent, index: number, count: number): number | null {
  if (altKey) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

interface AriaPlace {
  readonly rows: readonly WatchlistRow[];
  readonly index: number;
  readonly isSelected: boolean;
}

/** Instruments are a level below their heading, where there are headings. */
function ariaOf(row: WatchlistRow, { rows, index, isSelected }: AriaPlace) {
  const place = { 'aria-posinset': index + 1, 'aria-setsize': rows.length };
  if (row.kind === 'instrument') {
    const level = rows[0]?.kind === 'instrument' ? 1 : 2;
    return { ...place, 'aria-level': level, 'aria-selected': isSelected };
  }
  const isExpanded = row.kind === 'decks' || !row.group.isCollapsed;
  return { ...place, 'aria-level': 1, 'aria-expanded': isExpanded, 'aria-selected': false };
}
