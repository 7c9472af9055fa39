import type { Candle } from '#domain/candle.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ChartSurface } from '../chart-surface.ts';
import type { Hover } from '../plot/plot.ts';
import { barsPerMarker, type FillMarker, groupFillMarkers } from './fill-markers.ts';
import { ownLineStyle } from './own-line-style.ts';
import { OwnTrading, type OwnTradingOptions } from './own-trading.ts';

export interface OwnTradingViewOptions extends OwnTradingOptions {
  readonly surface: Pick<ChartSurface, 'plot' | 'markers' | 'ownLines' | 'tooltip' | 'fitLabels'>;
  readonly barAt: (time: EpochMs) => Candle | undefined;
}

const NO_MARKERS: readonly FillMarker[] = [];

/** Our fills, orders and entries on the chart. */
export class OwnTradingView {
  readonly #options: OwnTradingViewOptions;
  readonly #trading: OwnTrading;
  #markers: readonly FillMarker[] = NO_MARKERS;
  #markersByTime = new Map<EpochMs, FillMarker[]>();
  #perMarker = 1;
  #drawnVersion = -1;
  #isStale = true;
  #revealedFillId: string | null = null;
  #isRevealPending = false;

  constructor(options: OwnTradingViewOptions) {
    this.#options = options;
    this.#trading = new OwnTrading(options);
  }

  dispose(): void {
    const { surface } = this.#options;
    this.#trading.dispose();
    surface.tooltip.hide();
    surface.markers.set([], null);
    surface.ownLines.set([]);
  }

  get markerCount(): number {
    return this.#markers.length;
  }

  reveal(fillId: string | null): void {
    this.#revealedFillId = fillId;
    this.#isRevealPending = fillId !== null;
    this.#isStale = true;
  }

  fillOf(fillId: string): Fill | undefined {
    return this.#trading.fillOf(fillId);
  }

  /** One that may be older than all that are known. */
  add(fill: Fill): void {
    this.#trading.add(fill);
  }

  /** A fill may have found its bar, or lost it. */
  barsChanged(): void {
    this.#isStale = true;
  }

  /** Narrow bars share their markers. */
  scaleChanged(): void {
    if (barsPerMarker(this.#options.surface.plot.axis.spacing) === this.#perMarker) return;
    this.#isStale = true;
    this.#options.onChange();
  }

  draw(): void {
    const { surface } = this.#options;
    this.#drawMarkers();
    surface.ownLines.set(this.#trading.lines.map((line) => ownLineStyle(line, surface.plot.theme)));
    surface.fitLabels();
  }

  /** What the fills under the crosshair were. */
  hover(hover: Hover | null): void {
    const { surface, instrument } = this.#options;
    const markers = hover === null ? undefined : this.#markersByTime.get(hover.openTime);
    if (hover === null || markers === undefined) surface.tooltip.hide();
    else surface.tooltip.show(markers, hover, instrument);
  }

  /** Grouped anew only when they must. */
  #drawMarkers(): void {
    const { fillsVersion } = this.#trading;
    if (!this.#isStale && fillsVersion === this.#drawnVersion) return;
    this.#isStale = false;
    this.#drawnVersion = fillsVersion;
    const { surface, barAt } = this.#options;
    const { axis } = surface.plot;
    this.#perMarker = barsPerMarker(axis.spacing);
    const markers = groupFillMarkers(this.#trading.fills, {
      at: barAt,
      placeOf: (openTime) => axis.placeOf(openTime),
      perMarker: this.#perMarker,
    });
    this.#markers = markers;
    this.#markersByTime = Map.groupBy(markers, (marker) => marker.openTime);
    surface.markers.set(markers, this.#revealedFillId);
    this.#scrollToRevealed();
  }

  #scrollToRevealed(): void {
    if (!this.#isRevealPending) return;
    const marker = this.#markers.find(({ fills }) =>
      fills.some((fill) => fill.id === this.#revealedFillId),
    );
    if (marker === undefined) return;
    this.#isRevealPending = false;
    this.#options.surface.plot.scrollTo(marker.openTime);
  }
}
