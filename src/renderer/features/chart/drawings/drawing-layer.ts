import type { ISeriesApi, ISeriesPrimitive, SeriesType } from 'lightweight-charts';
import type { Drawing } from '../../../stores/drawing-store.ts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import { type DrawScope, paneView } from '../plot/pane-view.ts';
import type { PlotLayer } from '../plot/plot.ts';
import { anchorsOf, type PixelOf, type Point, type Shape, shapeOf } from './geometry.ts';

const HANDLE_RADIUS_PX = 4;
const TEXT_PX = 11;
const TEXT_LINE_PX = 15;
const TEXT_PADDING_PX = 6;
const BOX_ALPHA = 0.12;

export interface DrawingView {
  readonly drawings: readonly Drawing[];
  readonly selectedId: string | null;
  readonly pixelOf: PixelOf;
  /** What is written beside a measure. */
  readonly measureText: (drawing: Extract<Drawing, { kind: 'measure' }>) => readonly string[];
  readonly priceText: (price: number) => string;
}

/** Draws the drawings, as a primitive of the price series. */
export class DrawingLayer implements PlotLayer {
  readonly #view: () => DrawingView;
  #theme: ChartTheme | null = null;
  #requestUpdate: () => void = () => undefined;
  readonly #paneViews = [paneView('top', (scope) => this.#draw(scope))];
  readonly #primitive: ISeriesPrimitive = {
    paneViews: () => this.#paneViews,
    priceAxisViews: () => this.#axisViews(),
    attached: ({ requestUpdate }) => {
      this.#requestUpdate = requestUpdate;
    },
  };

  constructor(view: () => DrawingView) {
    this.#view = view;
  }

  attach(series: ISeriesApi<SeriesType>): void {
    series.attachPrimitive(this.#primitive);
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
  }

  redraw(): void {
    this.#requestUpdate();
  }

  /** Levels say their price on the axis. */
  #axisViews() {
    const theme = this.#theme;
    const { drawings, pixelOf, priceText } = this.#view();
    if (theme === null) return [];
    return drawings.flatMap((drawing) => {
      if (drawing.kind !== 'level') return [];
      const y = pixelOf({ time: 0, price: drawing.price })?.y;
      if (y === undefined) return [];
      return {
        coordinate: () => y,
        text: () => priceText(drawing.price),
        textColor: () => theme.strong,
        backColor: () => theme.label,
      };
    });
  }

  #draw({ context, mediaSize }: DrawScope): void {
    const theme = this.#theme;
    if (theme === null) return;
    const { drawings, selectedId, pixelOf, measureText } = this.#view();
    for (const drawing of drawings) {
      const shape = shapeOf(drawing, pixelOf, mediaSize);
      if (shape === null) continue;
      const isSelected = drawing.id === selectedId;
      const color = colorOf(drawing, theme);
      context.lineWidth = isSelected ? 2 : 1;
      context.setLineDash([]);
      drawShape(context, shape, color);
      if (drawing.kind === 'measure') drawText(context, shape, measureText(drawing), theme);
      if (!isSelected) continue;
      const handles = anchorsOf(drawing).map(pixelOf);
      const middle = { x: mediaSize.width / 2, y: shape.from.y };
      drawHandles(context, handles.length === 0 ? [middle] : handles, color, theme);
    }
  }
}

function colorOf(drawing: Drawing, theme: ChartTheme): string {
  if (drawing.kind !== 'measure') return theme.accent;
  return drawing.to.price >= drawing.from.price ? theme.up : theme.down;
}

type Context = CanvasRenderingContext2D;

function drawShape(context: Context, { kind, from, to }: Shape, color: string): void {
  context.strokeStyle = color;
  context.beginPath();
  if (kind === 'line') {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    return;
  }
  context.rect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.fillStyle = color;
  context.globalAlpha = BOX_ALPHA;
  context.fill();
  context.globalAlpha = 1;
  context.stroke();
}

function drawHandles(
  context: Context,
  points: readonly (Point | null)[],
  color: string,
  theme: ChartTheme,
): void {
  context.lineWidth = 2;
  context.strokeStyle = color;
  context.fillStyle = theme.ground;
  for (const point of points) {
    if (point === null) continue;
    context.beginPath();
    context.arc(point.x, point.y, HANDLE_RADIUS_PX, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** Beyond the measure's end: above it where it goes up, below where it goes down. */
function drawText(
  context: Context,
  { from, to }: Shape,
  lines: readonly string[],
  theme: ChartTheme,
): void {
  context.font = `${TEXT_PX}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const width =
    Math.max(...lines.map((line) => context.measureText(line).width)) + 2 * TEXT_PADDING_PX;
  const height = lines.length * TEXT_LINE_PX + TEXT_PADDING_PX;
  const x = (from.x + to.x) / 2;
  const top = to.y <= from.y ? to.y - height - TEXT_PADDING_PX : to.y + TEXT_PADDING_PX;
  context.fillStyle = theme.orderLabel;
  context.fillRect(x - width / 2, top, width, height);
  context.fillStyle = theme.strong;
  lines.forEach((line, index) => {
    const middle = top + TEXT_PADDING_PX / 2 + (index + 0.5) * TEXT_LINE_PX;
    context.fillText(line, x, middle);
  });
}
