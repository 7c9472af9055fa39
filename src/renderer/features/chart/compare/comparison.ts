import { type ISeriesApi, LineSeries } from 'lightweight-charts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { CandleFollower, type CandleFollowerOptions } from '../bars/candle-follower.ts';
import { toChartTime } from '../plot/chart-time.ts';
import type { Plot } from '../plot/plot.ts';
import { alignedCloses, closeAt } from './compared-values.ts';

/** Whoever looks far back waits for no more pages than this at once. */
const MOST_PAGES = 20;

export interface ComparisonOptions {
  readonly client: CandleFollowerOptions['client'];
  readonly plot: Plot;
  readonly instrument: Instrument;
  readonly interval: CandleInterval;
  readonly color: string;
  readonly schedule: (work: () => void) => void;
}

/** Another instrument's closes as a line, at the times of the chart's own bars. */
export class Comparison {
  readonly instrument: Instrument;
  readonly #options: ComparisonOptions;
  readonly #follower: CandleFollower;
  readonly #series: ISeriesApi<'Line'>;
  #isReachingBack = false;
  #isDisposed = false;

  constructor(options: ComparisonOptions) {
    const { client, plot, instrument, interval, color, schedule } = options;
    this.#options = options;
    this.instrument = instrument;
    this.#series = plot.chart.addSeries(LineSeries, {
      ...{ color, lineWidth: 2, priceLineVisible: false, crosshairMarkerVisible: false },
      title: instrument.symbol,
    });
    this.#follower = new CandleFollower({
      ...{ client, instrumentId: instrument.id, interval, schedule },
      view: {
        replaceAll: () => this.redraw(),
        updateLast: (candle) => this.#drawAt(candle.openTime),
        amend: () => this.redraw(),
        stateChanged: () => undefined,
      },
    });
    this.#follower.start();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#follower.dispose();
    this.#options.plot.chart.removeSeries(this.#series);
  }

  setColor(color: string): void {
    this.#series.applyOptions({ color });
  }

  closeAt(openTime: EpochMs): number | null {
    return closeAt(this.#follower.bars, openTime);
  }

  /** The chart's own bars are other ones: there may be older ones than are known here. */
  redraw(): void {
    const { drawn, bars } = this.#options.plot.axis;
    this.#series.setData(
      alignedCloses(drawn, this.#follower.bars).map(({ openTime, close }) =>
        pointOf(openTime, close),
      ),
    );
    void this.#reachBack(bars[0]);
  }

  /** The chart has a new last bar, or a newer state of it. */
  barChanged({ openTime }: Candle): void {
    this.#series.update(pointOf(openTime, this.closeAt(openTime)));
  }

  #drawAt(openTime: EpochMs): void {
    // A bar that the chart does not have yet is drawn when it has.
    if (this.#options.plot.axis.bars.at(-1)?.openTime !== openTime) return;
    this.#series.update(pointOf(openTime, this.closeAt(openTime)));
  }

  async #reachBack(first: Candle | undefined): Promise<void> {
    if (first === undefined || this.#isReachingBack) return;
    this.#isReachingBack = true;
    for (let page = 0; page < MOST_PAGES && !this.#isDisposed; page++) {
      const known = this.#follower.bars[0];
      if (known === undefined || known.openTime <= first.openTime) break;
      await this.#follower.loadOlder();
      if (this.#follower.bars[0] === known) break;
    }
    this.#isReachingBack = false;
  }
}

const pointOf = (openTime: EpochMs, close: number | null) => {
  const time = toChartTime(openTime);
  return close === null ? { time } : { time, value: close };
};
