import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubClient } from '../../client/hub-client.ts';
import type { BotStore } from '../../stores/bot-store.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import type { CandleChart } from './candle-chart.ts';
import { CandleFollower, type CandleState } from './candle-follower.ts';
import type { ChartLegend } from './chart-legend.ts';
import { type FillMarker, groupFillMarkers } from './fill-markers.ts';
import type { FillTooltip } from './fill-tooltip.ts';
import { OwnTrading } from './own-trading.ts';

const CANDLES_KEY = 'chart:candles';
const OVERLAYS_KEY = 'chart:overlays';

/** What the session draws on; it outlives the session. */
export interface ChartSurface {
  readonly chart: CandleChart;
  readonly legend: ChartLegend;
  readonly tooltip: FillTooltip;
  /** What is drawn, told to whoever looks from outside. */
  readonly report: (drawn: DrawnChart) => void;
}

export interface DrawnChart {
  readonly candleCount: number;
  readonly lastClose: number | null;
  readonly markerCount: number;
}

export interface ChartSessionOptions {
  readonly client: Pick<HubClient, 'subscribe' | 'request'>;
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  readonly bots: BotStore;
  readonly surface: ChartSurface;
  readonly instrument: Instrument;
  readonly interval: CandleInterval;
  readonly onState: (state: CandleState) => void;
}

type Hover = { readonly openTime: EpochMs; readonly x: number; readonly y: number };
const NO_MARKERS: readonly FillMarker[] = [];

/** One instrument in one interval on the chart, with what our bots did in it. */
export class ChartSession {
  readonly #options: ChartSessionOptions;
  readonly #follower: CandleFollower;
  readonly #trading: OwnTrading;
  #markers: readonly FillMarker[] = NO_MARKERS;
  #drawnMarkers = '';
  #markersByTime = new Map<EpochMs, FillMarker[]>();
  #hover: Hover | null = null;
  #revealedFillId: string | null = null;
  #isRevealPending = false;

  constructor(options: ChartSessionOptions) {
    this.#options = options;
    const { client, frames, bots, surface, instrument, interval } = options;
    surface.chart.setFormat(instrument.priceIncrement, interval);
    this.#follower = new CandleFollower({
      client,
      instrumentId: instrument.id,
      interval,
      schedule: (work) => frames.schedule(CANDLES_KEY, work),
      view: {
        replaceAll: (candles, moved) => this.#replaceAll(candles, moved),
        updateLast: (candle) => this.#update(candle, false),
        amend: (candle) => this.#update(candle, true),
        stateChanged: options.onState,
      },
    });
    const onChange = () => this.redraw();
    this.#trading = new OwnTrading({ client, bots, instrument, onChange });
    options.onState({ kind: 'loading' });
    this.#follower.start();
    this.redraw();
  }

  dispose(): void {
    const { frames, surface } = this.#options;
    this.#follower.dispose();
    this.#trading.dispose();
    frames.cancel(CANDLES_KEY);
    frames.cancel(OVERLAYS_KEY);
    surface.tooltip.hide();
    // Nothing of this instrument may stand under the next one's name.
    surface.chart.setMarkers([], null);
    surface.chart.setLines([]);
    surface.chart.setCandles([], true);
  }

  retry(): void {
    this.#follower.reload();
  }

  nearStart(): void {
    void this.#follower.loadOlder();
  }

  hover(hover: Hover | null): void {
    this.#hover = hover;
    this.#drawHover();
  }

  /** Shows where a fill stands. */
  reveal(fillId: string | null): void {
    this.#revealedFillId = fillId;
    this.#isRevealPending = fillId !== null;
    this.#redrawMarkers();
  }

  themeChanged(): void {
    this.#redrawMarkers();
  }

  redraw(): void {
    this.#options.frames.schedule(OVERLAYS_KEY, () => this.#drawOverlays());
  }

  #redrawMarkers(): void {
    this.#drawnMarkers = '';
    this.redraw();
  }

  #replaceAll(candles: readonly Candle[], moved: boolean): void {
    this.#options.surface.chart.setCandles(candles, moved);
    this.redraw();
  }

  #update(candle: Candle, isBeforeLast: boolean): void {
    this.#options.surface.chart.updateCandle(candle, isBeforeLast);
    this.redraw();
  }

  #drawOverlays(): void {
    const { chart, report } = this.#options.surface;
    this.#drawMarkers();
    chart.setLines(this.#trading.lines);
    this.#drawHover();
    report({
      candleCount: this.#follower.history.candles.length,
      lastClose: this.#follower.history.last?.close ?? null,
      markerCount: this.#markers.length,
    });
  }

  /** The library redoes all markers at each change, so they change as one, and only when they must. */
  #drawMarkers(): void {
    const { history } = this.#follower;
    const markers = groupFillMarkers(this.#trading.fills, (time) => history.at(time));
    const drawn = markers.map((marker) => `${marker.id}x${marker.fills.length}`).join();
    if (drawn === this.#drawnMarkers) return;
    this.#drawnMarkers = drawn;
    this.#markers = markers;
    this.#markersByTime = Map.groupBy(markers, (marker) => marker.openTime);
    this.#options.surface.chart.setMarkers(markers, this.#revealedFillId);
    this.#scrollToRevealed();
  }

  #scrollToRevealed(): void {
    if (!this.#isRevealPending) return;
    const isRevealed = ({ fills }: FillMarker) =>
      fills.some((fill) => fill.id === this.#revealedFillId);
    const marker = this.#markers.find(isRevealed);
    if (marker === undefined) return;
    this.#isRevealPending = false;
    this.#options.surface.chart.scrollTo(marker.openTime);
  }

  #drawHover(): void {
    const { surface, instrument } = this.#options;
    const { history } = this.#follower;
    const hover = this.#hover;
    surface.legend.show(hover === null ? history.last : history.at(hover.openTime), instrument);
    const markers = hover === null ? undefined : this.#markersByTime.get(hover.openTime);
    if (hover === null || markers === undefined) surface.tooltip.hide();
    else surface.tooltip.show(markers, hover, instrument);
  }
}
