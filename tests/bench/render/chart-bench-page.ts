import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type Time,
} from 'lightweight-charts';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { barsOf, type ChartPageOptions, fillsOf, mountChart } from '../../e2e/pages/chart-page.ts';

/** In the page: our chart, and the one that a first try would have, driven in the same way. */
export interface BenchedChart {
  readonly chart: IChartApi;
  /** Hands over all candles and fills. */
  readonly load: () => void;
  /** The candle in progress has another close. */
  readonly update: (close: number) => void;
  readonly isDrawn: () => boolean;
  readonly dispose: () => void;
}

const atPrice = (candle: Candle, close: number): Candle => ({
  ...candle,
  close: close as Price,
  high: Math.max(candle.high, close) as Price,
  low: Math.min(candle.low, close) as Price,
  isClosed: false,
});

function ours(options: ChartPageOptions): BenchedChart {
  const mounted = mountChart(options);
  const root = document.querySelector('[data-part="canvas"]')?.closest('[class*="root"]');
  const last = mounted.bars.at(-1) as Candle;
  return {
    chart: mounted.surface.plot.chart,
    load: mounted.load,
    update: (close) => mounted.push(atPrice(last, close)),
    isDrawn: () =>
      Number(root?.getAttribute('data-candle-count')) === options.barCount &&
      Number(root?.getAttribute('data-marker-count')) > 0,
    dispose: mounted.dispose,
  };
}

/** `setData` for each update, and a marker for each fill. */
function naive(options: ChartPageOptions): BenchedChart {
  const bars = barsOf(options);
  const fills = fillsOf(options, bars);
  const container = document.createElement('div');
  container.style.cssText = 'position:absolute;inset:0';
  document.body.replaceChildren(container);
  const chart = createChart(container, { autoSize: true });
  const series = chart.addSeries(CandlestickSeries);
  const markers = createSeriesMarkers<Time>(series, []);
  const seconds = (time: EpochMs) => (time / 1_000) as Time;
  const draw = (all: readonly Candle[]) =>
    series.setData(
      all.map(({ openTime, open, high, low, close }) => ({
        ...{ time: seconds(openTime), open, high, low, close },
      })),
    );
  let isDrawn = false;
  return {
    chart,
    load: () => {
      draw(bars);
      markers.setMarkers(
        fills.map(({ id, side, eventTime }) => ({
          ...{ id, time: seconds((eventTime - (eventTime % 60_000)) as EpochMs), color: '#888' },
          position: side === 'buy' ? 'belowBar' : 'aboveBar',
          shape: side === 'buy' ? 'arrowUp' : 'arrowDown',
        })),
      );
      isDrawn = true;
    },
    update: (close) => draw([...bars.slice(0, -1), atPrice(bars.at(-1) as Candle, close)]),
    isDrawn: () => isDrawn,
    dispose: () => chart.remove(),
  };
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** From handing over the data until the second frame after all of it was drawn began. */
async function firstPaintMs(benched: BenchedChart): Promise<number> {
  await nextFrame();
  const began = performance.now();
  benched.load();
  do await nextFrame();
  while (!benched.isDrawn());
  await nextFrame();
  return performance.now() - began;
}

/** Frames a second while the pointer drags, and the longest of them. */
class FrameMeter {
  #times: number[] = [];
  #isRunning = true;

  constructor() {
    const note = (time: number) => {
      if (!this.#isRunning) return;
      this.#times.push(time);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  }

  stop(): { framesPerSecond: number; longestMs: number } {
    this.#isRunning = false;
    const steps = this.#times.slice(1).map((time, index) => time - (this.#times[index] ?? time));
    const total = steps.reduce((sum, step) => sum + step, 0);
    return { framesPerSecond: (1_000 * steps.length) / total, longestMs: Math.max(...steps) };
  }
}

/** What one update of the last candle costs, its drawing included. */
async function updateMs(benched: BenchedChart, count: number): Promise<number> {
  const costs: number[] = [];
  for (let index = 0; index < count; index++) {
    await nextFrame();
    const began = performance.now();
    benched.update(100 + (index % 10) / 10);
    await nextFrame();
    // The frame's own work is done when a task gets its turn again.
    await new Promise<void>((resolve) => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(null);
    });
    costs.push(performance.now() - began);
  }
  return costs.sort((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN;
}

declare global {
  interface Window {
    chartBench: {
      open(way: 'ours' | 'naive', options: ChartPageOptions): Promise<number>;
      showBars(count: number): void;
      /** Bars between the newest and the first in sight. */
      seenFrom(): number;
      startMeter(): void;
      stopMeter(): { framesPerSecond: number; longestMs: number };
      updateMs(count: number): Promise<number>;
    };
  }
}

let benched: BenchedChart | null = null;
let meter: FrameMeter | null = null;

window.chartBench = {
  open: (way, options) => {
    benched?.dispose();
    benched = way === 'ours' ? ours(options) : naive(options);
    return firstPaintMs(benched);
  },
  showBars: (count) => {
    const range = benched?.chart.timeScale().getVisibleLogicalRange();
    const to = range?.to ?? count;
    benched?.chart.timeScale().setVisibleLogicalRange({ from: to - count, to });
  },
  seenFrom: () => {
    const timeScale = benched?.chart.timeScale();
    return timeScale?.scrollPosition() ?? Number.NaN;
  },
  startMeter: () => {
    meter = new FrameMeter();
  },
  stopMeter: () => meter?.stop() ?? { framesPerSecond: Number.NaN, longestMs: Number.NaN },
  updateMs: (count) => (benched === null ? Promise.resolve(Number.NaN) : updateMs(benched, count)),
};
