import type { ISeriesApi, ISeriesPrimitive, SeriesType } from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { BarAxis } from './bar-axis.ts';
import type { ChartTheme } from './chart-theme.ts';
import { type DrawScope, paneView } from './pane-view.ts';
import type { PlotLayer } from './plot.ts';

const DASH_PX = [2, 4];

/** Where at least so many bars are missing between two, the chart says so: it draws them side by side. */
const FEWEST_MISSING = 3;

/** Indexes of the bars before which time is left out. Bars of seconds without a trade are no news. */
export function gapsBefore(
  bars: readonly Candle[],
  barMs: number | null,
  [from, to]: readonly [number, number],
): number[] {
  if (barMs === null || barMs < 60_000) return [];
  const found: number[] = [];
  for (let index = Math.max(1, from); index <= Math.min(to, bars.length - 1); index++) {
    const [before, bar] = [bars[index - 1], bars[index]];
    if (before === undefined || bar === undefined) continue;
    if (bar.openTime - before.openTime > FEWEST_MISSING * barMs) found.push(index);
  }
  return found;
}

/** A faint dashed line where the time axis leaves out time: an outage, or a market that slept. */
export class GapMarks implements PlotLayer {
  readonly #axis: BarAxis;
  #barMs: number | null = null;
  #theme: ChartTheme | null = null;
  readonly #views = [paneView('bottom', (scope) => this.#draw(scope))];
  readonly #primitive: ISeriesPrimitive = { paneViews: () => this.#views };

  constructor(axis: BarAxis) {
    this.#axis = axis;
  }

  attach(series: ISeriesApi<SeriesType>): void {
    series.attachPrimitive(this.#primitive);
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
  }

  setBarLength(barMs: number | null): void {
    this.#barMs = barMs;
  }

  #draw({ context, mediaSize }: DrawScope): void {
    const theme = this.#theme;
    const seen = [this.#axis.placeAt(0), this.#axis.placeAt(mediaSize.width)] as const;
    // So many bars in sight that their gaps would be a curtain.
    if (theme === null || seen[1] - seen[0] > mediaSize.width) return;
    context.strokeStyle = theme.crosshair;
    context.lineWidth = 1;
    context.setLineDash(DASH_PX);
    for (const index of gapsBefore(this.#axis.bars, this.#barMs, seen)) {
      const x = this.#axis.xOfPlace(index - 0.5);
      if (x === null) continue;
      context.beginPath();
      context.moveTo(Math.round(x) + 0.5, 0);
      context.lineTo(Math.round(x) + 0.5, mediaSize.height);
      context.stroke();
    }
  }
}
