import { invariant } from '#domain/assert.ts';
import { ChartPointer, type PointerTarget } from './chart-pointer.ts';
import { DrawingLayer, type DrawingView } from './drawings/drawing-layer.ts';
import type { Point } from './drawings/geometry.ts';
import { markFirstCandle } from './first-candle.ts';
import { IndicatorLayer } from './indicators/indicator-layer.ts';
import { ChartLegend } from './legend/chart-legend.ts';
import { SeriesLegend } from './legend/series-legend.ts';
import { FillMarkerLayer } from './own-trading/fill-marker-layer.ts';
import { FillTooltip } from './own-trading/fill-tooltip.ts';
import { type ChartTheme, onThemeChange, readChartTheme } from './plot/chart-theme.ts';
import { GapMarks } from './plot/gap-marks.ts';
import { LastPriceLine } from './plot/last-price-line.ts';
import { type Hover, Plot } from './plot/plot.ts';
import { PriceLineLayer } from './plot/price-line-layer.ts';

/** What is drawn, told to whoever looks from outside. */
export interface DrawnChart {
  readonly barCount: number;
  readonly firstTime: number | null;
  readonly lastClose: number | null;
  readonly markerCount: number;
  readonly drawingCount: number;
  readonly alertPrices: readonly number[];
  /** Of orders that can be moved. */
  readonly orderPrices: readonly number[];
  /** What stands in the legend. */
  readonly seriesCount: number;
}

/** What the surface asks of the session that it shows. */
export interface SurfaceUser {
  hover(hover: Hover | null): void;
  nearStart(): void;
  viewChanged(seenFrom: number): void;
  themeChanged(theme: ChartTheme): void;
  /** Scrolled away, in a tab behind, or shown again: what nobody sees is not drawn. */
  shown(isShown: boolean): void;
  menu(point: Point): void;
  readonly targets: readonly PointerTarget[];
  readonly drawingView: DrawingView;
}

const NO_DRAWINGS: DrawingView = {
  ...{ drawings: [], selectedId: null, pixelOf: () => null },
  ...{ measureText: () => [], priceText: () => '' },
};

/** The chart's elements and layers: made once, whatever they show. */
export class ChartSurface {
  readonly plot: Plot;
  readonly legend: ChartLegend;
  readonly seriesLegend: SeriesLegend;
  readonly tooltip: FillTooltip;
  readonly markers: FillMarkerLayer;
  readonly ownLines = new PriceLineLayer();
  /** Of orders that can be moved. */
  readonly orderLines = new PriceLineLayer();
  readonly alertLines = new PriceLineLayer();
  readonly lastPrice = new LastPriceLine();
  readonly gaps: GapMarks;
  readonly drawings: DrawingLayer;
  readonly indicators: IndicatorLayer;
  readonly #root: HTMLElement;
  readonly #pointer: ChartPointer;
  readonly #visibility: IntersectionObserver;
  readonly #stopWatchingTheme: () => void;
  #user: SurfaceUser | null = null;
  #isShown = true;

  constructor(root: HTMLElement) {
    this.#root = root;
    const theme = readChartTheme(root);
    const canvas = part(root, 'canvas');
    this.plot = new Plot(canvas, theme, {
      onHover: (hover) => this.#user?.hover(hover),
      onNearStart: () => this.#user?.nearStart(),
      onViewChange: (seenFrom) => this.#user?.viewChanged(seenFrom),
    });
    this.legend = new ChartLegend(part(root, 'legend'));
    this.seriesLegend = new SeriesLegend(part(root, 'series-legend'));
    this.tooltip = new FillTooltip(part(root, 'tooltip'));
    this.gaps = new GapMarks(this.plot.axis);
    this.markers = new FillMarkerLayer(this.plot.axis);
    this.drawings = new DrawingLayer(() => this.#user?.drawingView ?? NO_DRAWINGS);
    const lines = [this.ownLines, this.orderLines, this.alertLines, this.lastPrice];
    for (const layer of [this.gaps, ...lines, this.markers, this.drawings]) this.plot.add(layer);
    this.indicators = new IndicatorLayer(this.plot.chart, theme);
    this.#pointer = new ChartPointer({
      element: canvas,
      size: () => this.plot.size,
      targets: () => this.#user?.targets ?? [],
      onMenu: (point) => this.#user?.menu(point),
    });
    this.#stopWatchingTheme = onThemeChange(() => this.#readTheme());
    this.#visibility = new IntersectionObserver((entries) => {
      this.#isShown = entries.at(-1)?.isIntersecting ?? true;
      this.#user?.shown(this.#isShown);
    });
    this.#visibility.observe(root);
  }

  /** Who is told of the pointer, the scroll position and the theme. */
  follow(user: SurfaceUser | null): void {
    this.#user = user;
    user?.shown(this.#isShown);
  }

  report(drawn: DrawnChart): void {
    const root = this.#root;
    root.setAttribute('data-candle-count', String(drawn.barCount));
    root.setAttribute('data-first-time', String(drawn.firstTime ?? ''));
    root.setAttribute('data-last-close', String(drawn.lastClose ?? ''));
    root.setAttribute('data-marker-count', String(drawn.markerCount));
    root.setAttribute('data-drawing-count', String(drawn.drawingCount));
    root.setAttribute('data-alert-count', String(drawn.alertPrices.length));
    root.setAttribute('data-alert-price', String(drawn.alertPrices[0] ?? ''));
    root.setAttribute('data-order-price', String(drawn.orderPrices[0] ?? ''));
    root.setAttribute('data-series-count', String(drawn.seriesCount));
    root.setAttribute('data-pane-count', String(this.plot.chart.panes().length));
    root.setAttribute('data-kind', this.plot.kind);
    root.setAttribute('data-scale', this.plot.scale);
    if (drawn.barCount > 0) markFirstCandle();
  }

  /** To be called when lines have other labels. */
  fitLabels(): void {
    const lines = [this.ownLines, this.orderLines, this.alertLines];
    this.plot.labelRoom.fit(lines.flatMap(({ titles }) => titles));
  }

  /** Told to those who do not see the chart. */
  say(text: string): void {
    part(this.#root, 'said').textContent = text;
  }

  /** The keyboard's crosshair stays when the focus goes: the legend goes on telling of its bar. */
  setCrosshair(isThere: boolean): void {
    this.#root.toggleAttribute('data-crosshair', isThere);
  }

  /** So that keys reach it. */
  focus(): void {
    part(this.#root, 'canvas').focus({ preventScroll: true });
  }

  dispose(): void {
    this.#stopWatchingTheme();
    this.#visibility.disconnect();
    this.#pointer.dispose();
    this.seriesLegend.dispose();
    this.plot.dispose();
  }

  #readTheme(): void {
    const theme = readChartTheme(this.#root);
    this.plot.setTheme(theme);
    this.indicators.setTheme(theme);
    this.#user?.themeChanged(theme);
  }
}

function part(root: HTMLElement, name: string): HTMLElement {
  const element = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  invariant(element !== null, `the chart panel has a part ${name}`);
  return element;
}
