import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Less is a click. */
const DRAG_FROM_PX = 5;
/** So near to an edge the list scrolls by itself. */
const EDGE_PX = 28;
const SCROLL_PX = 8;

export interface RowDrag {
  readonly from: number;
  /** Between which rows it would be put: before the row of this index. */
  readonly to: number;
}

export interface RowDragOptions {
  readonly viewportRef: RefObject<HTMLElement | null>;
  /** The place between rows that is nearest to a height within the list, in pixels. */
  readonly placeAt: (y: number) => number;
  readonly onDrop: (drag: RowDrag) => void;
}

/** What the drag in progress needs to remember; none of it is drawn. */
interface Grip {
  readonly from: number;
  readonly startY: number;
  y: number;
  isDragging: boolean;
  readonly end: () => void;
}

/**
 * Dragging rows of a scrolling list with mouse or pen: a touch scrolls instead. Escape gives up.
 * `begin` belongs on each row's pointerdown.
 */
export function useRowDrag({ viewportRef, placeAt, onDrop }: RowDragOptions) {
  const [drag, setDrag] = useState<RowDrag | null>(null);
  const grip = useRef<Grip | null>(null);
  const options = useRef({ placeAt, onDrop });
  options.current = { placeAt, onDrop };
  useEffect(() => () => grip.current?.end(), []);

  const begin = (event: PointerEvent, from: number) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const viewport = viewportRef.current;
    if (viewport === null) return;
    const listening = new AbortController();
    let frame = 0;
    const end = () => {
      listening.abort();
      cancelAnimationFrame(frame);
      grip.current = null;
      setDrag(null);
    };
    const held: Grip = { from, startY: event.clientY, y: event.clientY, isDragging: false, end };
    grip.current = held;
    const placed = (): RowDrag => {
      const top = viewport.getBoundingClientRect().top;
      return { from, to: options.current.placeAt(held.y - top + viewport.scrollTop) };
    };
    const follow = () => {
      scrollAtEdge(viewport, held.y);
      const next = placed();
      setDrag((shown) => (shown?.to === next.to ? shown : next));
      frame = requestAnimationFrame(follow);
    };
    const on = <K extends keyof WindowEventMap>(
      name: K,
      listener: (given: WindowEventMap[K]) => void,
    ) => window.addEventListener(name, listener, { signal: listening.signal, capture: true });
    on('pointermove', ({ clientY }) => {
      held.y = clientY;
      if (held.isDragging || Math.abs(clientY - held.startY) < DRAG_FROM_PX) return;
      held.isDragging = true;
      follow();
    });
    on('pointerup', () => {
      const dropped = held.isDragging ? placed() : null;
      end();
      if (dropped === null) return;
      swallowNextClick();
      options.current.onDrop(dropped);
    });
    on('pointercancel', end);
    on('keydown', (key) => {
      if (key.key !== 'Escape' || !held.isDragging) return;
      key.stopPropagation();
      end();
    });
  };
  return { drag, begin };
}

function scrollAtEdge(viewport: HTMLElement, y: number): void {
  const { top, bottom } = viewport.getBoundingClientRect();
  if (y < top + EDGE_PX) viewport.scrollTop -= SCROLL_PX;
  else if (y > bottom - EDGE_PX) viewport.scrollTop += SCROLL_PX;
}

/** The click that ends a drag selects nothing. It comes, if it does, before anything else. */
function swallowNextClick(): void {
  const listening = new AbortController();
  window.addEventListener('click', (event) => event.stopPropagation(), {
    ...{ signal: listening.signal, capture: true, once: true },
  });
  setTimeout(() => listening.abort());
}
