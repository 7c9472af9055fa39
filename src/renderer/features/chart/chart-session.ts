import type { Candle } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { onLanguageChange, translator } from '../../i18n/i18n.ts';
import type { FrameBatcher } from '../../stores/frame-batcher.ts';
import { instrumentById } from '../../stores/instrument-store.ts';
import type { RevealedFill } from '../../stores/selection-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { alertLineStyle } from './alert-levels/alert-line-style.ts';
import type { BarSource, BarState, BarView } from './bars/bar-source.ts';
import { CandleFollower } from './bars/candle-follower.ts';
import {
  barLengthMs,
  type ChartInterval,
  isTickInterval,
  tradesPerBar,
} from './bars/chart-interval.ts';
import { DrawnWindow } from './bars/drawn-window.ts';
import { lastIndexAt } from './bars/last-index-at.ts';
import { loadBackTo } from './bars/load-back.ts';
import { TickBarFollower } from './bars/tick-bar-follower.ts';
import { ChartHands, type ChartHandsOptions } from './chart-hands.ts';
import type { PointerTarget } from './chart-pointer.ts';
import type { ChartSurface, SurfaceUser } from './chart-surface.ts';
import { Comparisons } from './compare/comparisons.ts';
import type { DrawingView } from './drawings/drawing-layer.ts';
import type { Point } from './drawings/geometry.ts';
import { type LegendCommands, LegendWriter } from './legend/legend-writer.ts';
import { orderLevelStyle } from './own-trading/own-line-style.ts';
import { OwnTradingView } from './own-trading/own-trading-view.ts';
import { SoughtFill } from './own-trading/sought-fill.ts';
import { formatCountdown, marketTime } from './plot/market-time.ts';
import type { Hover } from './plot/plot.ts';
import type { ChartSettings, ChartSettingsStore } from './settings/chart-settings.ts';

const COUNTDOWN_PERIOD_MS = 1_000;

export interface ChartSessionOptions extends Omit<ChartHandsOptions, 'redraw'> {
  readonly client: Pick<HubClient, 'subscribe' | 'request' | 'now'>;
  /** For what follows the hand. */
  readonly frames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  /** For what follows the market. */
  readonly calmFrames: Pick<FrameBatcher, 'schedule' | 'cancel'>;
  readonly clock: TimerClock;
  readonly stores: Pick<
    Stores,
    'bots' | 'dialogs' | 'market' | 'instruments' | 'drawings' | 'notices'
  >;
  readonly surface: ChartSurface;
  readonly instrument: Instrument;
  readonly settings: ChartSettingsStore;
  /** Of its own interval: a change of that is another session. */
  readonly interval: ChartInterval;
  /** Unique on the page: what its work in frames is called by. */
  readonly name: string;
  readonly commands: LegendCommands;
  readonly onState: (state: BarState) => void;
}

/** One instrument in one interval on the chart, with all that stands beside its prices. */
export class ChartSession implements SurfaceUser {
  readonly hands: ChartHands;
  readonly #options: ChartSessionOptions;
  readonly #source: BarSource;
  readonly #trading: OwnTradingView;
  readonly #sought: SoughtFill;
  readonly #comparisons: Comparisons;
  readonly #legend: LegendWriter;
  readonly #window = new DrawnWindow();
  readonly #ends: (() => void)[] = [];
  #hover: Hover | null = null;
  #lastTime: EpochMs | null = null;
  #isShown = true;
  /** Bars changed while nobody looked. */
  #isBehind = false;

  constructor(options: ChartSessionOptions) {
    this.#options = options;
    const { client, stores, surface, instrument, interval, settings } = options;
    const { plot } = surface;
    plot.setFormat(instrument.priceIncrement, interval);
    surface.gaps.setBarLength(barLengthMs(interval));
    surface.indicators.setFormat(instrument.priceIncrement);
    this.#source = this.#createSource();
    this.#trading = new OwnTradingView({
      ...{ client, bots: stores.bots, surface, instrument },
      barAt: (time) => this.#drawnBarAt(time),
      onChange: () => this.#redrawData(),
    });
    this.#sought = new SoughtFill({
      ...{ client, trading: this.#trading },
      isOfChart: (fill) => fill.instrumentId === instrument.id,
      showFrom: (time) => this.#showFrom(time),
      onOutOfReach: () => options.onProblem(translator('chart')('fills.outOfReach', { interval })),
    });
    this.#comparisons = new Comparisons({
      ...{ client, plot, interval },
      instrumentById: (id) => instrumentById(stores.instruments.getState(), id),
      schedule: (id, work) => this.#scheduleData(`compare:${id}`, work),
    });
    this.hands = new ChartHands({ ...options, redraw: () => this.redraw() });
    this.#legend = new LegendWriter({
      ...{ legend: surface.seriesLegend, indicators: surface.indicators, instrument },
      ...{ comparisons: this.#comparisons, commands: options.commands },
    });
    this.#ends.push(
      settings.subscribe((next, before) => this.#applySettings(next, before)),
      onLanguageChange(() => this.#languageChanged()),
      options.clock.setInterval(() => this.#drawLastPrice(), COUNTDOWN_PERIOD_MS),
    );
    this.#applySettings(settings.getState(), null);
    options.onState({ kind: 'loading' });
    this.#source.start();
    this.redraw();
  }

  dispose(): void {
    const { surface } = this.#options;
    for (const end of this.#ends) end();
    this.#source.dispose();
    this.#sought.dispose();
    this.#trading.dispose();
    this.#comparisons.dispose();
    this.hands.dispose();
    surface.alertLines.set([]);
    surface.orderLines.set([]);
    this.#isShown = false;
    // Nothing of this instrument may stand under the next one's name.
    surface.lastPrice.show(undefined, '');
    surface.indicators.setBars([]);
    surface.plot.setBars([]);
    surface.plot.labelRoom.reset();
  }

  get targets(): readonly PointerTarget[] {
    return this.hands.targets;
  }

  get drawingView(): DrawingView {
    return this.hands.drawings.view;
  }

  get lastPrice(): number | undefined {
    return this.#source.bars.at(-1)?.close;
  }

  retry(): void {
    this.#source.reload();
  }

  nearStart(): void {
    if (this.#window.grow(this.#source.bars)) this.#schedule('window', () => this.#drawWindow());
    else void this.#source.loadOlder();
  }

  hover(hover: Hover | null): void {
    this.#hover = hover;
    this.#drawHover();
  }

  menu(point: Point): void {
    this.hands.menuAt(point);
  }

  viewChanged(seenFrom: number): void {
    this.#trading.scaleChanged();
    if (this.#window.shrink(this.#source.bars, seenFrom)) {
      this.#schedule('window', () => this.#drawWindow());
    }
  }

  themeChanged(): void {
    this.#comparisons.setTheme();
    this.redraw();
  }

  shown(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown && this.#isBehind) this.#replaceAll(false);
    if (isShown) this.redraw();
  }

  /** Shows where a fill stands, however long ago it was. */
  reveal(revealed: RevealedFill | null): void {
    this.#sought.seek(revealed);
    this.redraw();
  }

  redraw(): void {
    this.#schedule('overlays', () => this.#drawOverlays());
  }

  #createSource(): BarSource {
    const { client, instrument, interval, onState } = this.#options;
    const view: BarView = {
      replaceAll: (_, moved) => this.#replaceAll(moved),
      updateLast: (bar) => this.#update(bar, false),
      amend: (bar) => this.#update(bar, true),
      stateChanged: onState,
    };
    const schedule = (work: () => void) => this.#scheduleData('bars', work);
    const common = { client, view, schedule, instrumentId: instrument.id };
    return isTickInterval(interval)
      ? new TickBarFollower({ ...common, tradesPerBar: tradesPerBar(interval) })
      : new CandleFollower({ ...common, interval });
  }

  #languageChanged(): void {
    const { surface, instrument, interval } = this.#options;
    surface.plot.setFormat(instrument.priceIncrement, interval);
    this.redraw();
  }

  #schedule(what: string, work: () => void): void {
    this.#options.frames.schedule(`${this.#options.name}:${what}`, work);
  }

  #scheduleData(what: string, work: () => void): void {
    this.#options.calmFrames.schedule(`${this.#options.name}:${what}`, work);
  }

  /** Bars and what stands on them change together: a frame later the library would draw it all again. */
  #redrawData(): void {
    this.#scheduleData('overlays', () => this.#drawOverlays());
  }

  #replaceAll(moved: boolean): void {
    const { plot, indicators } = this.#options.surface;
    const { bars } = this.#source;
    this.#isBehind = !this.#isShown && !moved;
    if (this.#isBehind) return;
    if (moved) this.#window.reset(bars);
    const offset = this.#window.offset(bars);
    plot.setBars(bars, offset);
    if (moved) plot.showNewest();
    indicators.setBars(bars, offset);
    this.#comparisons.redraw();
    this.#trading.barsChanged();
    if (moved) this.#sought.barsLoaded();
    this.#redrawData();
  }

  /** Whether there are bars from then on, once what can be loaded is; null before there are any. */
  async #showFrom(time: EpochMs): Promise<boolean | null> {
    if (this.#source.bars.length === 0) return null;
    const isThere = await loadBackTo(this.#source, time);
    if (isThere && this.#window.reach(this.#source.bars, time)) this.#drawWindow();
    return isThere;
  }

  /** The same bars, but more or fewer of them are given to the library. */
  #drawWindow(): void {
    const { plot, indicators } = this.#options.surface;
    const { bars } = this.#source;
    const offset = this.#window.offset(bars);
    plot.setBars(bars, offset);
    indicators.setOffset(offset);
    this.#comparisons.redraw();
    this.#trading.barsChanged();
    this.redraw();
  }

  #drawnBarAt(time: EpochMs): Candle | undefined {
    const bar = this.#source.at(time);
    const { bars, offset } = this.#options.surface.plot.axis;
    const first = bars[offset]?.openTime ?? Number.POSITIVE_INFINITY;
    return bar !== undefined && bar.openTime >= first ? bar : undefined;
  }

  #update(bar: Candle, isBeforeLast: boolean): void {
    if (!this.#isShown) {
      this.#isBehind = true;
      return;
    }
    const { plot, indicators } = this.#options.surface;
    if (bar.openTime !== this.#lastTime) this.#trading.barsChanged();
    if (!isBeforeLast) this.#lastTime = bar.openTime;
    const { bars } = this.#source;
    const isDrawn = this.#drawnBarAt(bar.openTime) !== undefined || !isBeforeLast;
    if (isDrawn) plot.updateBar(bar, isBeforeLast, bars);
    if (isBeforeLast) {
      this.#scheduleData('indicators', () => indicators.setBars(bars, this.#window.offset(bars)));
    } else {
      indicators.update(bar);
      this.#comparisons.barChanged(bar);
    }
    this.#redrawData();
  }

  #applySettings(next: ChartSettings, before: ChartSettings | null): void {
    const { plot, indicators } = this.#options.surface;
    if (next.kind !== before?.kind) plot.setKind(next.kind);
    if (next.volume !== before?.volume) plot.setVolume(next.volume);
    if (next.indicators !== before?.indicators) indicators.set(next.indicators);
    if (next.compared !== before?.compared) {
      const { id } = this.#options.instrument;
      this.#comparisons.set(next.compared.filter((other: InstrumentId) => other !== id));
    }
    const scale = next.isLogarithmic ? 'logarithmic' : 'linear';
    plot.setScale(this.#comparisons.isEmpty ? scale : 'percent');
    this.redraw();
  }

  #drawOverlays(): void {
    if (!this.#isShown) return;
    const { surface } = this.#options;
    const { bars } = this.#source;
    this.#trading.draw();
    this.#drawLevels();
    this.#drawHover();
    this.#drawLastPrice();
    surface.report({
      barCount: bars.length,
      firstTime: bars[0]?.openTime ?? null,
      lastClose: bars.at(-1)?.close ?? null,
      markerCount: this.#trading.markerCount,
      alertPrices: this.hands.alerts.shown.map(({ price }) => price),
      orderPrices: this.hands.orders.shown.map(({ price }) => price),
      drawingCount: this.hands.drawings.board.shown.length,
      seriesCount: surface.indicators.shown.length + this.#comparisons.all.length,
    });
  }

  #drawLevels(): void {
    const { alertLines, orderLines, plot } = this.#options.surface;
    const { alerts, orders } = this.hands;
    alertLines.set(
      alerts.shown.map((one) => alertLineStyle(one, one.id === alerts.selectedId, plot.theme)),
    );
    orderLines.set(
      orders.shown.map((one) => orderLevelStyle(one, one.id === orders.selectedId, plot.theme)),
    );
    this.#options.surface.fitLabels();
  }

  #drawHover(): void {
    const { surface, instrument } = this.#options;
    const { bars } = this.#source;
    const hover = this.#hover;
    const index = hover === null ? bars.length - 1 : lastIndexAt(bars, hover.openTime, openTimeOf);
    const bar = bars[index];
    surface.legend.show(bar, instrument);
    this.#legend.write(bar, index, surface.plot.theme);
    this.#trading.hover(hover);
  }

  #drawLastPrice(): void {
    const { surface, interval } = this.#options;
    const last = this.#source.bars.at(-1);
    if (!this.#isShown || last === undefined) return;
    surface.lastPrice.show(last, this.#countdownText(last, barLengthMs(interval)));
  }

  #countdownText(last: Candle, barMs: number | null): string {
    const { stores, instrument, client } = this.#options;
    if (barMs === null) return `${this.#source.tradesLeft ?? ''}t`;
    const ticker = stores.market.getState().tickers[instrument.id];
    const now = marketTime(client.now(), ticker?.eventTime ?? null);
    return barMs < 60_000 ? '' : formatCountdown(last.openTime + barMs - now);
  }
}

const openTimeOf = ({ openTime }: Candle): EpochMs => openTime;
