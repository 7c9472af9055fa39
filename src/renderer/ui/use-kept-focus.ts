import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

interface FocusedCell {
  readonly element: Element;
  readonly rowIndex: number;
  readonly cellIndex: number;
}

/**
 * Who acts on one row after another by keyboard stays in the table when the row that he is in goes: in the
 * one that takes its place, else in the last.
 */
export function useKeptFocus(
  bodyRef: RefObject<HTMLTableSectionElement | null>,
  count: number,
): void {
  const focused = useRef<FocusedCell | null>(null);
  useEffect(() => {
    const body = bodyRef.current;
    if (body === null) return;
    const onFocusIn = ({ target }: FocusEvent) => {
      focused.current = cellOf(target);
    };
    const onFocusOut = ({ target }: FocusEvent) => {
      // Known only once the page is drawn: it has left, or its row has gone.
      queueMicrotask(() => {
        const isThere = target instanceof Element && target.isConnected;
        if (isThere && focused.current?.element === target) focused.current = null;
      });
    };
    body.addEventListener('focusin', onFocusIn);
    body.addEventListener('focusout', onFocusOut);
    return () => {
      body.removeEventListener('focusin', onFocusIn);
      body.removeEventListener('focusout', onFocusOut);
    };
  }, [bodyRef]);
  const before = useRef(count);
  useLayoutEffect(() => {
    const isFewer = count < before.current;
    before.current = count;
    const body = bodyRef.current;
    // One that is scrolled away is as gone, and nothing is to follow it.
    if (!isFewer || body === null || focused.current?.element.isConnected !== false) return;
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) focusNear(body, focused.current);
  });
}

function cellOf(target: EventTarget | null): FocusedCell | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest('td');
  const rowIndex = Number(cell?.closest('tr')?.getAttribute('aria-rowindex'));
  return cell === null ? null : { element: target, rowIndex, cellIndex: cell.cellIndex };
}

function focusNear(body: HTMLTableSectionElement, { rowIndex, cellIndex }: FocusedCell): void {
  const rows = [...body.querySelectorAll<HTMLTableRowElement>('tr[aria-rowindex]')];
  const row = rows.find((one) => Number(one.ariaRowIndex) >= rowIndex) ?? rows.at(-1);
  const control =
    row?.cells[cellIndex]?.querySelector<HTMLElement>('button:not(:disabled)') ??
    row?.querySelector<HTMLElement>('button:not(:disabled)');
  control?.focus({ preventScroll: true });
}
