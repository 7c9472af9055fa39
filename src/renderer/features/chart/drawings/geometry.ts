import type { Anchor, Drawing } from '../../../stores/drawing-store.ts';

/** CSS pixels in the pane of the prices. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a drawing is on the screen. */
export type Shape =
  | { readonly kind: 'line'; readonly from: Point; readonly to: Point }
  | { readonly kind: 'box'; readonly from: Point; readonly to: Point };

export type PixelOf = (anchor: Anchor) => Point | null;

/** A part of a drawing that can be taken hold of: an end by itself, or the whole. */
export type Grip = 'from' | 'to' | 'body';

const NEAR_PX = 6;
const HANDLE_PX = 8;

export const anchorsOf = (drawing: Drawing): readonly Anchor[] =>
  drawing.kind === 'level' ? [] : [drawing.from, drawing.to];

/** Null where it cannot be placed: there are no bars. */
export function shapeOf(drawing: Drawing, pixelOf: PixelOf, size: Size): Shape | null {
  if (drawing.kind === 'level') {
    const y = pixelOf({ time: 0, price: drawing.price })?.y;
    if (y === undefined) return null;
    return { kind: 'line', from: { x: 0, y }, to: { x: size.width, y } };
  }
  const [from, to] = [pixelOf(drawing.from), pixelOf(drawing.to)];
  if (from === null || to === null) return null;
  switch (drawing.kind) {
    case 'trend':
      return { kind: 'line', from, to };
    case 'ray':
      return { kind: 'line', from, to: prolonged(from, to, size) };
    case 'rectangle':
    case 'measure':
      return { kind: 'box', from, to };
  }
}

/** Through `to`, out of the pane. */
function prolonged(from: Point, to: Point, { width, height }: Size): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return to;
  // However far outside `from` is, this reaches over the pane.
  const reach = Math.hypot(from.x, from.y) + Math.hypot(width, height) + length;
  return { x: from.x + (dx / length) * reach, y: from.y + (dy / length) * reach };
}

export function gripAt(
  drawing: Drawing,
  shape: Shape,
  pixelOf: PixelOf,
  point: Point,
): Grip | null {
  const [from, to] = anchorsOf(drawing).map(pixelOf);
  if (to && distance(to, point) <= HANDLE_PX) return 'to';
  if (from && distance(from, point) <= HANDLE_PX) return 'from';
  return isOn(shape, point) ? 'body' : null;
}

function isOn(shape: Shape, point: Point): boolean {
  const { from, to } = shape;
  if (shape.kind === 'line') return distanceToLine(from, to, point) <= NEAR_PX;
  const isBetween = (a: number, b: number, value: number) =>
    value >= Math.min(a, b) - NEAR_PX && value <= Math.max(a, b) + NEAR_PX;
  return isBetween(from.x, to.x, point.x) && isBetween(from.y, to.y, point.y);
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** To the nearest point of the stretch from `a` to `b`. */
function distanceToLine(a: Point, b: Point, point: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return distance(a, point);
  const share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared;
  const nearest = Math.min(1, Math.max(0, share));
  return distance({ x: a.x + nearest * dx, y: a.y + nearest * dy }, point);
}
