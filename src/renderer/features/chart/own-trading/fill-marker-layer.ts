import type { ISeriesApi, ISeriesPrimitive, Logical, SeriesType } from 'lightweight-charts';
import { lastIndexAt } from '../bars/last-index-at.ts';
import type { BarAxis } from '../plot/bar-axis.ts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import { type DrawScope, paneView } from '../plot/pane-view.ts';
import type { PlotLayer } from '../plot/plot.ts';
import type { FillMarker } from './fill-markers.ts';
import { FreePlaces } from './free-places.ts';

const MOST_COUNTED = 999;
const TEXT_PX = 11;
/** A digit and what it needs around it. */
const DIGIT_PX = 7;
/** Between a bar, its arrow and the count. */
const GAP_PX = 4;
const ARROW_PX = { width: 10, height: 10, stem: 4 };
const REVEALED_SCALE = 1.6;

/**
 * Draws the fills' markers, those in sight. The library's own ask for a new layout of the whole chart
 * with each change of its data, for which it draws everything twice.
 */
export class FillMarkerLayer implements PlotLayer {
  readonly #axis: BarAxis;
  #series: ISeriesApi<SeriesType> | null = null;
  #theme: ChartTheme | null = null;
  #markers: readonly FillMarker[] = [];
  #revealedFillId: string | null = null;
  #requestUpdate: () => void = () => undefined;
  readonly #views = [paneView('normal', (scope) => this.#draw(scope))];
  readonly #primitive: ISeriesPrimitive = {
    paneViews: () => this.#views,
    attached: ({ requestUpdate }) => {
      this.#requestUpdate = requestUpdate;
    },
  };

  constructor(axis: BarAxis) {
    this.#axis = axis;
  }

  attach(series: ISeriesApi<SeriesType>): void {
    this.#series = series;
    series.attachPrimitive(this.#primitive);
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
  }

  set(markers: readonly FillMarker[], revealedFillId: string | null): void {
    const isEmpty = markers.length === 0 && this.#markers.length === 0;
    this.#markers = markers;
    this.#revealedFillId = revealedFillId;
    if (!isEmpty) this.#requestUpdate();
  }

  #draw(scope: DrawScope): void {
    const { context, mediaSize } = scope;
    const theme = this.#theme;
    if (theme === null || this.#markers.length === 0) return;
    context.font = `${TEXT_PX}px ${theme.font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const { width } = ARROW_PX;
    const counts = new FreePlaces(TEXT_PX);
    const [from, to] = [this.#axis.timeAt(-width), this.#axis.timeAt(mediaSize.width + width)];
    const first = lastIndexAt(this.#markers, from - 1, ({ openTime }) => openTime) + 1;
    for (let index = first; index < this.#markers.length; index++) {
      const marker = this.#markers[index];
      if (marker === undefined || marker.openTime > to) return;
      this.#drawMarker(scope, marker, theme, counts);
    }
  }

  /** Bought below its bar, sold above it: the arrow's point is towards the bar. */
  #drawMarker(
    { context, mediaSize: { height } }: DrawScope,
    { openTime, side, fills }: FillMarker,
    theme: ChartTheme,
    counts: FreePlaces,
  ): void {
    const x = this.#axis.xOf(openTime);
    const edge = this.#edgeOf(openTime, side);
    if (x === null || edge === null) return;
    const isRevealed = fills.some(({ id }) => id === this.#revealedFillId);
    const scale = isRevealed ? REVEALED_SCALE : 1;
    const away = side === 'buy' ? 1 : -1;
    context.fillStyle = isRevealed ? theme.accent : side === 'buy' ? theme.up : theme.down;
    const tip = edge + away * GAP_PX;
    drawArrow(context, { x, y: tip }, away * scale);
    if (fills.length === 1) return;
    const count = fills.length > MOST_COUNTED ? `${MOST_COUNTED}+` : String(fills.length);
    const beyond = tip + away * (scale * ARROW_PX.height + GAP_PX + TEXT_PX / 2);
    // Whole, where the arrow is in sight: the highest bar stands near the chart's edge.
    const y = tip < 0 || tip > height ? beyond : within(beyond, TEXT_PX / 2, height - TEXT_PX / 2);
    // Of two that would stand over one another neither could be read: the pointer tells the other.
    if (counts.take(x, y, count.length * DIGIT_PX)) context.fillText(count, x, y);
  }

  /** Of what is drawn of the bar, which is another one for each kind of chart. */
  #edgeOf(openTime: number, side: FillMarker['side']): number | null {
    const place = Math.floor(this.#axis.placeOf(openTime)) - this.#axis.offset;
    const drawn = this.#series?.dataByIndex(place as Logical);
    if (drawn === null || drawn === undefined) return null;
    if ('low' in drawn) {
      return this.#series?.priceToCoordinate(side === 'buy' ? drawn.low : drawn.high) ?? null;
    }
    return 'value' in drawn ? (this.#series?.priceToCoordinate(drawn.value) ?? null) : null;
  }
}

const within = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));

type Context = DrawScope['context'];

/** `scale`: negative hangs from its tip upwards. */
function drawArrow(context: Context, tip: { x: number; y: number }, scale: number): void {
  const half = (Math.abs(scale) * ARROW_PX.width) / 2;
  const stem = (Math.abs(scale) * ARROW_PX.stem) / 2;
  const [head, end] = [tip.y + (scale * ARROW_PX.height) / 2, tip.y + scale * ARROW_PX.height];
  context.beginPath();
  context.moveTo(tip.x, tip.y);
  context.lineTo(tip.x + half, head);
  context.lineTo(tip.x + stem, head);
  context.lineTo(tip.x + stem, end);
  context.lineTo(tip.x - stem, end);
  context.lineTo(tip.x - stem, head);
  context.lineTo(tip.x - half, head);
  context.closePath();
  context.fill();
}
