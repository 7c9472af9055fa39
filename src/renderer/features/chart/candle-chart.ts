import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  LineStyle,
  type MouseEventParams,
  type PriceLineOptions,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { formatPrice } from '../../ui/format.ts';
import type { ChartTheme } from './chart-theme.ts';
import { formatCrosshairTime, formatTick, fromChartTime, toChartTime } from './chart-time.ts';
import type { FillMarker } from './fill-markers.ts';
import type { OwnLine } from './own-lines.ts';
import { VolumeSeries } from './volume-series.ts';

const FONT_PX = 11;
/** So many candles at first, as long as they are neither hairlines nor planks. */
const FIRST_BARS = 130;
const BAR_SPACING_PX = { least: 6, most: 12 };
/** Right of the last candle, so that the lines' labels do not cover it. */
const RIGHT_OFFSET_PX = 72;
/** Share of the pane's height that the volume takes, and what the candles leave free for it. */
const VOLUME_SHARE = 0.18;
const CANDLE_MARGINS = { top: 0.08, bottom: VOLUME_SHARE + 0.06 };
/** So near to the oldest candle the next page is wanted. */
const NEAR_START_BARS = 30;

export interface ChartListeners {
  /** The candle under the crosshair, by its open time; null while there is none. */
  onHover(
    hover: { readonly openTime: EpochMs; readonly x: number; readonly y: number } | null,
  ): void;
  onNearStart(): void;
}

/** The one owner of the chart library's objects. Drives them directly: React never sees a candle. */
export class CandleChart {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volumes: VolumeSeries;
  readonly #markers;
  readonly #lines = new Map<string, { readonly line: IPriceLine; drawn: string }>();
  #theme: ChartTheme;
  #hasCandles = false;
  #isLastUp: boolean | null = null;

  constructor(container: HTMLElement, theme: ChartTheme, listeners: ChartListeners) {
    this.#theme = theme;
    this.#chart = createChart(container, { ...fixedOptions, ...themeOptions(theme) });
    this.#volumes = new VolumeSeries(this.#chart, VOLUME_SHARE);
    this.#candles = this.#chart.addSeries(CandlestickSeries, { priceLineStyle: LineStyle.Dotted });
    this.#candles.priceScale().applyOptions({ scaleMargins: CANDLE_MARGINS });
    this.#markers = createSeriesMarkers<Time>(this.#candles, [], { autoScale: false });
    this.#listen(listeners);
    this.setTheme(theme);
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#chart.applyOptions(themeOptions(theme));
    this.#volumes.setTheme(theme);
    this.#candles.applyOptions({
      // A rising candle is hollow: its direction shows without colour, too.
      upColor: theme.ground,
      downColor: theme.down,
      borderUpColor: theme.up,
      borderDownColor: theme.down,
      wickUpColor: theme.up,
      wickDownColor: theme.down,
    });
    for (const entry of this.#lines.values()) entry.drawn = '';
    this.#isLastUp = null;
  }

  setFormat(priceIncrement: number, interval: CandleInterval): void {
    this.#candles.applyOptions({
      priceFormat: {
        type: 'custom',
        minMove: priceIncrement,
        formatter: (price: number) => formatPrice(price, priceIncrement),
      },
    });
    const local = (time: Time) => fromChartTime(time) ?? (0 as EpochMs);
    this.#chart.applyOptions({
      localization: { timeFormatter: (time: Time) => formatCrosshairTime(local(time), interval) },
      timeScale: {
        secondsVisible: interval === '1s',
        tickMarkFormatter: (time: Time, type: number) => formatTick(local(time), type, interval),
      },
    });
  }

  /** `moved`: shows the newest candles, whatever was looked at before. */
  setCandles(candles: readonly Candle[], moved: boolean): void {
    this.#candles.setData(candles.map(bar));
    this.#volumes.setCandles(candles);
    this.#hasCandles = candles.length > 0;
    this.#colorLastPrice(candles.at(-1));
    if (!moved) return;
    const timeScale = this.#chart.timeScale();
    const wanted = timeScale.width() / FIRST_BARS;
    const barSpacing = Math.min(BAR_SPACING_PX.most, Math.max(BAR_SPACING_PX.least, wanted));
    timeScale.applyOptions({ barSpacing });
    timeScale.scrollToPosition(RIGHT_OFFSET_PX / barSpacing, false);
    this.#candles.priceScale().applyOptions({ autoScale: true });
  }

  /** `isBeforeLast`: the candle is in the chart already, and is not its last. */
  updateCandle(candle: Candle, isBeforeLast: boolean): void {
    this.#candles.update(bar(candle), isBeforeLast);
    this.#volumes.update(candle, isBeforeLast);
    this.#hasCandles = true;
    if (!isBeforeLast) this.#colorLastPrice(candle);
  }

  setMarkers(markers: readonly FillMarker[], revealedFillId: string | null): void {
    this.#markers.setMarkers(
      markers.map((marker) => seriesMarker(marker, this.#theme, revealedFillId)),
    );
  }

  setLines(lines: readonly OwnLine[]): void {
    const wanted = new Set(lines.map((line) => line.key));
    for (const [key, { line }] of this.#lines) {
      if (wanted.has(key)) continue;
      this.#candles.removePriceLine(line);
      this.#lines.delete(key);
    }
    for (const line of lines) this.#setLine(line);
  }

  /** Brings a time into view, in the middle. */
  scrollTo(time: EpochMs): void {
    const timeScale = this.#chart.timeScale();
    const range = timeScale.getVisibleLogicalRange();
    const index = timeScale.timeToIndex(toChartTime(time), true);
    if (range === null || index === null) return;
    if (index >= range.from && index <= range.to) return;
    const half = (range.to - range.from) / 2;
    timeScale.setVisibleLogicalRange({ from: index - half, to: index + half });
  }

  dispose(): void {
    this.#lines.clear();
    this.#chart.remove();
  }

  /** The last price would take the colour of its candle's body, and a hollow one has none. */
  #colorLastPrice(last: Candle | undefined): void {
    const isUp = last === undefined || last.close >= last.open;
    if (isUp === this.#isLastUp) return;
    this.#isLastUp = isUp;
    this.#candles.applyOptions({ priceLineColor: isUp ? this.#theme.up : this.#theme.down });
  }

  #setLine(line: OwnLine): void {
    const options = lineOptions(line, this.#theme);
    const drawn = JSON.stringify(options);
    const known = this.#lines.get(line.key);
    if (known?.drawn === drawn) return;
    if (known === undefined) {
      this.#lines.set(line.key, { line: this.#candles.createPriceLine(options), drawn });
    } else {
      known.line.applyOptions(options);
      known.drawn = drawn;
    }
  }

  #listen({ onHover, onNearStart }: ChartListeners): void {
    this.#chart.subscribeCrosshairMove(({ time, point }: MouseEventParams) => {
      const openTime = time === undefined ? null : fromChartTime(time);
      onHover(openTime === null || !point ? null : { openTime, x: point.x, y: point.y });
    });
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range !== null && this.#hasCandles && range.from < NEAR_START_BARS) onNearStart();
    });
  }
}

const fixedOptions = {
  autoSize: true,
  crosshair: { mode: CrosshairMode.Normal },
  rightPriceScale: { minimumWidth: 72 },
  timeScale: { timeVisible: true, rightOffsetPixels: RIGHT_OFFSET_PX },
} as const;

const themeOptions = (theme: ChartTheme) => ({
  layout: {
    background: { type: ColorType.Solid as const, color: theme.ground },
    textColor: theme.text,
    fontFamily: theme.font,
    fontSize: FONT_PX,
    // The logo comes with an inline style, which the page's content security policy refuses. The
    // attribution that the licence asks for stands in the panel.
    attributionLogo: false,
  },
  grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
  rightPriceScale: { borderColor: theme.border },
  timeScale: { borderColor: theme.border },
  crosshair: {
    vertLine: { color: theme.crosshair, labelBackgroundColor: theme.label },
    horzLine: { color: theme.crosshair, labelBackgroundColor: theme.label },
  },
});

const bar = ({ openTime, open, high, low, close }: Candle) => ({
  time: toChartTime(openTime),
  open,
  high,
  low,
  close,
});

function seriesMarker(
  { id, openTime, side, fills }: FillMarker,
  theme: ChartTheme,
  revealedFillId: string | null,
): SeriesMarker<Time> {
  const isRevealed = fills.some((fill) => fill.id === revealedFillId);
  return {
    id,
    time: toChartTime(openTime),
    position: side === 'buy' ? 'belowBar' : 'aboveBar',
    shape: side === 'buy' ? 'arrowUp' : 'arrowDown',
    color: isRevealed ? theme.accent : side === 'buy' ? theme.up : theme.down,
    size: isRevealed ? 2 : 1,
    ...(fills.length > 1 ? { text: String(fills.length) } : {}),
  };
}

function lineOptions(
  line: OwnLine,
  theme: ChartTheme,
): Partial<PriceLineOptions> & Pick<PriceLineOptions, 'price'> {
  const isEntry = line.kind === 'entry';
  const sideColor = line.side === 'buy' ? theme.buyOrder : theme.sellOrder;
  return {
    id: line.key,
    price: line.price,
    color: isEntry ? theme.accent : sideColor,
    lineWidth: 1,
    lineStyle: isEntry ? LineStyle.Solid : LineStyle.LargeDashed,
    axisLabelVisible: line.isLabelled,
    axisLabelColor: isEntry ? theme.accent : theme.orderLabel,
    axisLabelTextColor: isEntry ? theme.onAccent : line.side === 'buy' ? theme.up : theme.down,
    title: line.title,
  };
}
