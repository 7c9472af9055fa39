import type { Anchor, Drawing, DrawingKind } from '../../../stores/drawing-store.ts';
import { type Grip, gripAt, type PixelOf, type Point, type Size, shapeOf } from './geometry.ts';

/** A press that moves no further than this is a click. */
const CLICK_PX = 4;

/** Where the board's drawings lie. */
export interface BoardGround {
  readonly pixelOf: PixelOf;
  /** `isSnapped`: to the nearest of the bar's open, high, low and close. */
  anchorAt(point: Point, isSnapped: boolean): Anchor;
  /** The point so many bars and so much of the price further on. */
  shifted(anchor: Anchor, bars: number, price: number): Anchor;
  /** Bars from one point to the other. */
  barsBetween(from: Anchor, to: Anchor): number;
  readonly size: Size;
}

/** The kept drawings. */
interface BoardDrawings {
  list(): readonly Drawing[];
  change(change: (drawings: readonly Drawing[]) => readonly Drawing[]): void;
}

export interface DrawingBoardOptions {
  readonly ground: BoardGround;
  readonly drawings: BoardDrawings;
  readonly newId: () => string;
  /** One was removed, and is known no more. */
  readonly onRemoved?: (drawing: Drawing) => void;
  /** Something on the board is to be drawn anew; the tool or the selection may be other ones. */
  readonly onChange: () => void;
}

interface Drag {
  readonly drawing: Drawing;
  readonly grip: Grip;
  readonly start: Anchor;
  readonly pressed: Point;
  readonly moved: Drawing;
}

/** What is being drawn, selected and moved. Knows nothing of how it is drawn or where input comes from. */
export class DrawingBoard {
  readonly #options: DrawingBoardOptions;
  #tool: DrawingKind | null = null;
  #selectedId: string | null = null;
  #draft: Exclude<Drawing, { kind: 'level' }> | null = null;
  #draftPressed: Point | null = null;
  #drag: Drag | null = null;

  constructor(options: DrawingBoardOptions) {
    this.#options = options;
  }

  get tool(): DrawingKind | null {
    return this.#tool;
  }

  get selectedId(): string | null {
    return this.#selectedId;
  }

  get isBusy(): boolean {
    return this.#drag !== null || this.#draft !== null;
  }

  /** As it is to be seen: with what is being drawn or moved in its place of the moment. */
  get shown(): readonly Drawing[] {
    const moved = this.#drag?.moved;
    const kept = this.#options.drawings
      .list()
      .map((drawing) => (moved?.id === drawing.id ? moved : drawing));
    return this.#draft === null ? kept : [...kept, this.#draft];
  }

  setTool(tool: DrawingKind | null): void {
    this.#tool = tool;
    this.#draft = null;
    if (tool !== null) this.#selectedId = null;
    this.#options.onChange();
  }

  select(id: string | null): void {
    this.#selectedId = id;
    this.#options.onChange();
  }

  removeSelected(): boolean {
    const id = this.#selectedId;
    if (id === null) return false;
    const removed = this.#options.drawings.list().find((one) => one.id === id);
    this.#selectedId = null;
    this.#options.drawings.change((drawings) => drawings.filter((one) => one.id !== id));
    if (removed) this.#options.onRemoved?.(removed);
    this.#options.onChange();
    return true;
  }

  /** Gives up what is under way: the drag, else the drawing, else the tool, else the selection. */
  cancel(): boolean {
    if (this.#drag !== null) this.#drag = null;
    else if (this.#draft !== null) this.#draft = null;
    else if (this.#tool !== null) this.#tool = null;
    else if (this.#selectedId !== null) this.#selectedId = null;
    else return false;
    this.#options.onChange();
    return true;
  }

  /** Moves the selected drawing as a whole. */
  nudge(bars: number, price: number): boolean {
    const id = this.#selectedId;
    const selected = this.#options.drawings.list().find((drawing) => drawing.id === id);
    if (selected === undefined) return false;
    this.#replace(this.#shifted(selected, bars, price));
    return true;
  }

  /** Sets the next point of what the tool draws. */
  place(anchor: Anchor): boolean {
    const tool = this.#tool;
    if (tool === null) return false;
    if (tool === 'level') this.#add({ id: this.#options.newId(), kind: tool, price: anchor.price });
    else if (this.#draft === null) {
      this.#draft = { id: this.#options.newId(), kind: tool, from: anchor, to: anchor };
      this.#options.onChange();
    } else {
      const done = { ...this.#draft, to: anchor };
      this.#draft = null;
      this.#add(done);
    }
    return true;
  }

  /** Where the next point would be. */
  aim(anchor: Anchor): void {
    if (this.#draft === null) return;
    this.#draft = { ...this.#draft, to: anchor };
    this.#options.onChange();
  }

  /** Whether the press was the board's. */
  press(point: Point, isSnapped: boolean): boolean {
    const { ground } = this.#options;
    if (this.#tool !== null) {
      if (this.#draft === null) this.#draftPressed = point;
      return this.place(ground.anchorAt(point, isSnapped));
    }
    const hit = this.#hit(point);
    if (hit === null) {
      if (this.#selectedId !== null) this.select(null);
      return false;
    }
    const start = ground.anchorAt(point, false);
    this.#drag = { ...hit, start, pressed: point, moved: hit.drawing };
    this.select(hit.drawing.id);
    return true;
  }

  move(point: Point, isSnapped: boolean): void {
    const { ground } = this.#options;
    if (this.#draft !== null) this.aim(ground.anchorAt(point, isSnapped));
    const drag = this.#drag;
    if (drag === null || (drag.moved === drag.drawing && isNear(point, drag.pressed))) return;
    this.#drag = { ...drag, moved: this.#dragged(drag, point, isSnapped) };
    this.#options.onChange();
  }

  /** Released where it was pressed, the second point is still to come; else this is it. */
  release(point: Point, isSnapped: boolean): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag !== null && drag.moved !== drag.drawing) this.#replace(drag.moved);
    const pressed = this.#draftPressed;
    this.#draftPressed = null;
    if (this.#draft === null || pressed === null || isNear(point, pressed)) return;
    this.place(this.#options.ground.anchorAt(point, isSnapped));
  }

  /** The pointer's shape there; null where the board has nothing. */
  cursorAt(point: Point): 'crosshair' | 'grab' | 'grabbing' | null {
    if (this.#tool !== null) return 'crosshair';
    if (this.#drag !== null) return 'grabbing';
    return this.#hit(point) === null ? null : 'grab';
  }

  /** What was drawn last lies on top. */
  #hit(point: Point): { drawing: Drawing; grip: Grip } | null {
    const { ground, drawings } = this.#options;
    for (const drawing of drawings.list().toReversed()) {
      const shape = shapeOf(drawing, ground.pixelOf, ground.size);
      const grip = shape && gripAt(drawing, shape, ground.pixelOf, point);
      if (grip) return { drawing, grip };
    }
    return null;
  }

  #dragged({ drawing, grip, start }: Drag, point: Point, isSnapped: boolean): Drawing {
    const { ground } = this.#options;
    const anchor = ground.anchorAt(point, isSnapped);
    if (drawing.kind === 'level') {
      if (isSnapped) return { ...drawing, price: anchor.price };
    } else if (grip !== 'body') return { ...drawing, [grip]: anchor };
    return this.#shifted(drawing, ground.barsBetween(start, anchor), anchor.price - start.price);
  }

  #shifted(drawing: Drawing, bars: number, price: number): Drawing {
    const { ground } = this.#options;
    if (drawing.kind === 'level') {
      const shifted = ground.shifted({ time: 0, price: drawing.price }, 0, price);
      return { ...drawing, price: shifted.price };
    }
    return {
      ...drawing,
      from: ground.shifted(drawing.from, bars, price),
      to: ground.shifted(drawing.to, bars, price),
    };
  }

  /** One drawing is made with a tool; then it is put away, and what was drawn is selected. */
  #add(drawing: Drawing): void {
    this.#tool = null;
    this.#selectedId = drawing.id;
    this.#options.drawings.change((drawings) => [...drawings, drawing]);
    this.#options.onChange();
  }

  #replace(drawing: Drawing): void {
    this.#options.drawings.change((drawings) =>
      drawings.map((one) => (one.id === drawing.id ? drawing : one)),
    );
    this.#options.onChange();
  }
}

const isNear = (a: Point, b: Point): boolean => Math.hypot(a.x - b.x, a.y - b.y) <= CLICK_PX;
