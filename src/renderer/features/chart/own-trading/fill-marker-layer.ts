import {
  createSeriesMarkers,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  type SeriesMarker,
  type SeriesType,
  type Time,
} from 'lightweight-charts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import { toChartTime } from '../plot/chart-time.ts';
import type { PlotLayer } from '../plot/plot.ts';
import type { FillMarker } from './fill-markers.ts';

const MOST_COUNTED = 999;

/** Draws the fills' markers. The library redoes all at each change, so they change as one. */
export class FillMarkerLayer implements PlotLayer {
  #plugin: ISeriesMarkersPluginApi<Time> | null = null;
  #theme: ChartTheme | null = null;
  #markers: readonly FillMarker[] = [];
  #revealedFillId: string | null = null;

  attach(series: ISeriesApi<SeriesType>): void {
    this.#plugin = createSeriesMarkers<Time>(series, [], { autoScale: false });
    this.#draw();
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#draw();
  }

  set(markers: readonly FillMarker[], revealedFillId: string | null): void {
    this.#markers = markers;
    this.#revealedFillId = revealedFillId;
    this.#draw();
  }

  #draw(): void {
    const theme = this.#theme;
    if (theme === null) return;
    this.#plugin?.setMarkers(
      this.#markers.map((marker) => seriesMarker(marker, theme, this.#revealedFillId)),
    );
  }
}

function seriesMarker(
  { id, openTime, side, fills }: FillMarker,
  theme: ChartTheme,
  revealedFillId: string | null,
): SeriesMarker<Time> {
  const isRevealed = revealedFillId !== null && fills.some((fill) => fill.id === revealedFillId);
  const count = fills.length > MOST_COUNTED ? `${MOST_COUNTED}+` : String(fills.length);
  return {
    id,
    time: toChartTime(openTime),
    position: side === 'buy' ? 'belowBar' : 'aboveBar',
    shape: side === 'buy' ? 'arrowUp' : 'arrowDown',
    color: isRevealed ? theme.accent : side === 'buy' ? theme.up : theme.down,
    size: isRevealed ? 2 : 1,
    ...(fills.length > 1 ? { text: count } : {}),
  };
}
