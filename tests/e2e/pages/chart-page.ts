import '@fontsource-variable/inter/wght.css';
import '../../../src/renderer/ui/base.css';
import '../../../src/renderer/ui/tokens.css';
import { fail } from '#contract/errors.ts';
import type { Push } from '#contract/pushes.ts';
import type { Candle } from '#domain/candle.ts';
import { type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ChannelHandler } from '../../../src/renderer/client/channel-subscription.ts';
import { systemClock } from '../../../src/renderer/client/system-clock.ts';
import styles from '../../../src/renderer/features/chart/chart.module.css';
import {
  ChartSession,
  type ChartSessionOptions,
} from '../../../src/renderer/features/chart/chart-session.ts';
import { ChartSurface } from '../../../src/renderer/features/chart/chart-surface.ts';
import type { IndicatorKind } from '../../../src/renderer/features/chart/indicators/catalogue.ts';
import { usualSettings } from '../../../src/renderer/features/chart/indicators/indicator-settings.ts';
import { inventedBars } from '../../../src/renderer/features/chart/indicators/invented-bars.fixture.ts';
import {
  openChartSettings,
  USUAL_SETTINGS,
} from '../../../src/renderer/features/chart/settings/chart-settings.ts';
import { changeDrawings, type Drawing } from '../../../src/renderer/stores/drawing-store.ts';
import { frameBatcher } from '../../../src/renderer/stores/page-frames.ts';
import { createStores } from '../../../src/renderer/stores/stores.ts';

/** A chart with invented data and nothing around it: what is measured and compared pixel by pixel. */

const BTC: Instrument = {
  ...{ id: 'demo:BTC/USDT' as InstrumentId, exchange: 'demo', symbol: 'BTC/USDT' },
  ...{ base: 'BTC', quote: 'USDT', priceIncrement: 0.01, sizeIncrement: 0.001, ...UNKNOWN_TERMS },
};
const refused = async () => fail('unavailable', 'this page has no hub');
const NO_ALERTS = {
  ...{ list: () => [], subscribe: () => () => undefined },
  ...{ create: refused, move: refused, remove: refused },
};
const PARTS = ['legend', 'canvas', 'series-legend', 'tooltip', 'said'];
const FILLS_A_PAGE = 1_000;

export interface ChartPageOptions {
  readonly barCount: number;
  readonly fillCount: number;
  /** Fills are among the last so many bars. */
  readonly fillBars?: number;
  readonly seed: number;
  readonly indicators?: readonly IndicatorKind[];
  readonly kind?: 'candles' | 'heikinAshi' | 'line' | 'area';
  readonly priceIncrement?: number;
  /** As shares of the bars and of the price range that is drawn. */
  readonly drawings?: readonly Drawing[];
}

export const barsOf = ({ barCount, seed }: ChartPageOptions): readonly Candle[] =>
  inventedBars(barCount, seed);

export function fillsOf(options: ChartPageOptions, bars: readonly Candle[]): Fill[] {
  const among = bars.slice(-(options.fillBars ?? bars.length));
  const spread = among.length / Math.max(1, options.fillCount);
  return Array.from({ length: options.fillCount }, (_, index) => {
    const bar = among[Math.floor(index * spread)] ?? bars[0];
    const text = (value: number) => toDecimalString(decimal(Math.round(value * 100) / 100));
    return {
      ...{ id: `f${index}`, botId: 'b1', orderId: `o${index}`, instrumentId: BTC.id },
      ...{ side: index % 3 === 0 ? 'sell' : 'buy', quantity: '0.5' as DecimalString },
      ...{ price: text(bar?.close ?? 0), fee: text(0), feeCurrency: 'USDT', liquidity: 'maker' },
      ...{ realizedPnl: text(0), eventTime: ((bar?.openTime ?? 0) + 1_000) as EpochMs },
    };
  });
}

/** Answers as the hub would: all candles at once, and the fills page by page. */
function fakeClient(bars: readonly Candle[], fills: readonly Fill[]) {
  const handlers: ChannelHandler[] = [];
  const newestFirst = fills.toReversed();
  const answers: Record<string, (params: { before?: string }) => object> = {
    'candles.get': ({ before }) => ({ candles: before === undefined ? bars : [] }),
    'fills.list': ({ before }) => {
      const from = Number(before ?? 0);
      const to = from + FILLS_A_PAGE;
      const nextBefore = to < newestFirst.length ? String(to) : null;
      return { items: newestFirst.slice(from, to), nextBefore };
    },
  };
  const client = {
    now: () => systemClock.now(),
    subscribe(_channel: string, handler: ChannelHandler) {
      handlers.push(handler);
      return () => undefined;
    },
    request: async (method: string, params: { before?: string }) => ({
      ...{ ok: true, value: answers[method]?.(params) },
    }),
  } as unknown as ChartSessionOptions['client'];
  const push = (candle: Candle) => {
    const update = { event: 'candle:update', payload: { candle } } as unknown as Push;
    for (const handler of handlers) handler.onPush(update);
  };
  const load = () => {
    for (const handler of handlers) handler.onReset?.();
  };
  return { client, push, load };
}

function chartRoot(): HTMLElement {
  const root = document.createElement('div');
  root.className = styles['root'] ?? '';
  const plot = document.createElement('div');
  plot.className = styles['plot'] ?? '';
  plot.style.margin = '0';
  for (const name of PARTS) {
    const part = document.createElement('div');
    part.dataset['part'] = name;
    part.className =
      styles[name === 'series-legend' ? 'seriesLegend' : name === 'said' ? 'unseen' : name] ?? '';
    (name === 'legend' ? root : plot).append(part);
  }
  root.append(plot);
  document.body.replaceChildren(root);
  return root;
}

interface MountedChart {
  readonly surface: ChartSurface;
  readonly bars: readonly Candle[];
  readonly push: (candle: Candle) => void;
  /** Hands over the data. */
  readonly load: () => void;
  readonly dispose: () => void;
}

export function mountChart(options: ChartPageOptions): MountedChart {
  const bars = barsOf(options);
  const { client, push, load } = fakeClient(bars, fillsOf(options, bars));
  const stores = createStores();
  const settings = openChartSettings(USUAL_SETTINGS, () => undefined);
  settings.setState({
    kind: options.kind ?? 'candles',
    indicators: (options.indicators ?? []).map((kind) => usualSettings(kind, kind)),
  });
  changeDrawings(stores.drawings, BTC.id, () => options.drawings ?? []);
  const surface = new ChartSurface(chartRoot());
  const ignore = () => undefined;
  const session = new ChartSession({
    ...{ client, frames: frameBatcher, calmFrames: frameBatcher, clock: systemClock },
    ...{ stores, surface, settings },
    ...{ interval: '1m', name: 'page' },
    instrument: { ...BTC, priceIncrement: options.priceIncrement ?? BTC.priceIncrement },
    commands: {
      ...{ editIndicator: ignore, toggleIndicator: ignore, removeIndicator: ignore },
      removeCompared: ignore,
    },
    alertLevels: NO_ALERTS,
    orderLevels: NO_ALERTS,
    ...{ onState: ignore, onDrawings: ignore, onMenu: ignore, onProblem: ignore },
  });
  surface.follow(session);
  const dispose = () => {
    surface.follow(null);
    session.dispose();
    surface.dispose();
  };
  return { surface, bars, push, load, dispose };
}

declare global {
  interface Window {
    chartPage: { mountChart: typeof mountChart; barsOf: typeof barsOf; fillsOf: typeof fillsOf };
  }
}
window.chartPage = { mountChart, barsOf, fillsOf };
