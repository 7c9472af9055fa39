import type { Point } from './drawings/geometry.ts';

interface PressModifiers {
  /** Snap to the bar's prices. */
  readonly isSnapped: boolean;
}

/** Something on the chart that can be pressed and dragged: drawings, orders, alert levels. */
export interface PointerTarget {
  /** Whether the press is its own; then it gets the moves and the release, too. */
  press(point: Point, modifiers: PressModifiers): boolean;
  /** While pressed, and while hovered by nothing else. */
  move(point: Point, modifiers: PressModifiers): void;
  release(point: Point, modifiers: PressModifiers): void;
  cursorAt(point: Point): string | null;
  /** Another has what the user means now: nothing of this one is selected any more. */
  leave(): void;
}

export interface ChartPointerOptions {
  /** The chart's element: its top left corner is the price pane's. */
  readonly element: HTMLElement;
  readonly size: () => { readonly width: number; readonly height: number };
  /** First come, first served. */
  readonly targets: () => readonly PointerTarget[];
  readonly onMenu: (point: Point) => void;
}

/**
 * Hands presses to what is drawn on the chart before the chart library sees them, which scrolls and
 * zooms with all the others.
 */
export class ChartPointer {
  readonly #options: ChartPointerOptions;
  readonly #ends = new AbortController();
  #taken: PointerTarget | null = null;

  constructor(options: ChartPointerOptions) {
    this.#options = options;
    const { element } = options;
    const { signal } = this.#ends;
    const capture = { capture: true, signal };
    element.addEventListener('pointerdown', (event) => this.#press(event), capture);
    element.addEventListener('pointermove', (event) => this.#move(event), capture);
    element.addEventListener('pointerup', (event) => this.#release(event), capture);
    element.addEventListener('pointercancel', (event) => this.#release(event), capture);
    // The library listens to these.
    for (const kind of ['mousedown', 'touchstart'] as const) {
      element.addEventListener(kind, (event) => this.#keepFromChart(event), capture);
    }
    element.addEventListener('contextmenu', (event) => this.#menu(event), capture);
  }

  dispose(): void {
    this.#ends.abort();
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const point = this.#pointOf(event);
    if (!this.#isInside(point)) return;
    const targets = this.#options.targets();
    const taker = targets.find((one) => one.press(point, modifiersOf(event)));
    if (taker === undefined) return;
    for (const other of targets) if (other !== taker) other.leave();
    this.#taken = taker;
    this.#options.element.setPointerCapture(event.pointerId);
    this.#options.element.focus({ preventScroll: true });
    this.#showCursor(point);
  }

  #move(event: PointerEvent): void {
    const point = this.#pointOf(event);
    if (this.#taken !== null) this.#taken.move(point, modifiersOf(event));
    else if (!this.#isInside(point)) return;
    else for (const target of this.#options.targets()) target.move(point, modifiersOf(event));
    this.#showCursor(point);
  }

  #release(event: PointerEvent): void {
    const taken = this.#taken;
    if (taken === null) return;
    this.#taken = null;
    const point = this.#pointOf(event);
    taken.release(point, modifiersOf(event));
    this.#showCursor(point);
  }

  #keepFromChart(event: Event): void {
    if (this.#taken !== null) event.stopPropagation();
  }

  #menu(event: MouseEvent): void {
    const point = this.#pointOf(event);
    if (!this.#isInside(point)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#options.onMenu(point);
  }

  #showCursor(point: Point): void {
    const cursors = this.#options.targets().map((target) => target.cursorAt(point));
    this.#options.element.dataset['cursor'] = cursors.find((cursor) => cursor !== null) ?? '';
  }

  #pointOf(event: MouseEvent): Point {
    const { left, top } = this.#options.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #isInside({ x, y }: Point): boolean {
    const { width, height } = this.#options.size();
    return x >= 0 && y >= 0 && x <= width && y <= height;
  }
}

const modifiersOf = ({ ctrlKey, metaKey }: MouseEvent): PressModifiers => ({
  isSnapped: ctrlKey || metaKey,
});
