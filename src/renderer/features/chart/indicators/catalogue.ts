import {
  ADX,
  ATR,
  BollingerBands,
  CCI,
  DonchianChannels,
  EMA,
  KeltnerChannels,
  MACD,
  MFI,
  ROC,
  RSI,
  SMA,
  StochasticOscillator,
  type StochasticResult,
  SuperTrend,
  WilliamsR,
  WMA,
  WSMA,
} from 'trading-signals';
import type { Candle } from '#domain/candle.ts';
import type { SeriesColor } from '../plot/chart-theme.ts';
import { type Calculation, streamed } from './calculation.ts';
import { onBalanceVolume, sessionVwap } from './own-calculations.ts';
import { unlessFlat } from './unless-flat.ts';

export const INDICATOR_KINDS = [
  ...(['sma', 'ema', 'wma', 'smma', 'bollinger', 'keltner', 'donchian', 'superTrend'] as const),
  ...(['vwap', 'rsi', 'macd', 'stochastic', 'williams', 'cci', 'adx', 'atr', 'roc'] as const),
  ...(['obv', 'mfi'] as const),
] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/** Which price of a bar goes in. */
export const PRICE_SOURCES = ['close', 'open', 'high', 'low', 'hl2', 'hlc3', 'ohlc4'] as const;
export type PriceSource = (typeof PRICE_SOURCES)[number];

export const priceOf: Readonly<Record<PriceSource, (bar: Candle) => number>> = {
  close: ({ close }) => close,
  open: ({ open }) => open,
  high: ({ high }) => high,
  low: ({ low }) => low,
  hl2: ({ high, low }) => (high + low) / 2,
  hlc3: ({ high, low, close }) => (high + low + close) / 3,
  ohlc4: ({ open, high, low, close }) => (open + high + low + close) / 4,
};

export type ParameterName =
  | 'period'
  | 'shortPeriod'
  | 'longPeriod'
  | 'signalPeriod'
  | 'smoothing'
  | 'rangePeriod'
  | 'multiplier';

export interface ParameterSpec {
  readonly name: ParameterName;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  /** 1: whole numbers. */
  readonly step: number;
}

type PlotName =
  | 'value'
  | 'upper'
  | 'middle'
  | 'lower'
  | 'up'
  | 'down'
  | 'line'
  | 'signal'
  | 'histogram'
  | 'plusDi'
  | 'minusDi';

export interface PlotSpec {
  readonly name: PlotName;
  readonly style: 'line' | 'thin' | 'histogram';
  readonly color: SeriesColor;
}

type Parameters = (name: ParameterName) => number;

export interface IndicatorDefinition {
  /** Over the prices, or in a pane of its own. */
  readonly pane: 'price' | 'own';
  readonly hasSource: boolean;
  readonly parameters: readonly ParameterSpec[];
  readonly plots: readonly PlotSpec[];
  /** Levels that are drawn across its pane. */
  readonly guides?: readonly number[];
  /** In a pane of its own, but a difference of prices. */
  readonly isOfPrice?: boolean;
  /** In units of volume, and written as such. */
  readonly isVolume?: boolean;
  readonly create: (parameter: Parameters, price: (bar: Candle) => number) => Calculation;
}

const period = (usual: number, name: ParameterName = 'period', least = 2): ParameterSpec => ({
  ...{ name, usual, least, most: 500, step: 1 },
});
const multiplier = (usual: number): ParameterSpec => ({
  ...{ name: 'multiplier', usual, least: 0.1, most: 20, step: 0.1 },
});
const single = (color: SeriesColor): readonly PlotSpec[] => [
  { name: 'value', style: 'line', color },
];
const bands = (color: SeriesColor): readonly PlotSpec[] => [
  { name: 'upper', style: 'thin', color },
  { name: 'middle', style: 'thin', color: 'grey' },
  { name: 'lower', style: 'thin', color },
];
const bandsOf = ({ upper, middle, lower }: { upper: number; middle: number; lower: number }) => [
  upper,
  middle,
  lower,
];
const itself = (value: number) => [value];
const bar = (given: Candle) => given;

/** An average of one price a bar, over the prices. */
const average = (
  color: SeriesColor,
  Average: typeof SMA | typeof EMA | typeof WMA | typeof WSMA,
  usual: number,
): IndicatorDefinition => ({
  ...{ pane: 'price', hasSource: true, parameters: [period(usual)], plots: single(color) },
  create: (parameter, price) => streamed(() => new Average(parameter('period')), price, itself, 1),
});

interface BarIndicator {
  readonly isStable: boolean;
  update(input: Candle, replace: boolean): number | null;
}

/** A value from whole bars over a period, in a pane of its own. */
const oscillator = (
  color: SeriesColor,
  usual: number,
  create: (length: number) => BarIndicator,
  guides: readonly number[] = [],
): IndicatorDefinition => ({
  ...{ pane: 'own', hasSource: false, parameters: [period(usual)], plots: single(color), guides },
  create: (parameter) => streamed(() => create(parameter('period')), bar, itself, 1),
});

/** Where the price stands in the range of so many bars. */
const WILLIAMS = oscillator('rose', 14, (length) => new WilliamsR(length), [-80, -20]);

/** Every indicator, by its name. What it computes is the library's, but where it says otherwise. */
export const INDICATORS: Readonly<Record<IndicatorKind, IndicatorDefinition>> = {
  sma: average('amber', SMA, 20),
  ema: average('sky', EMA, 21),
  wma: average('violet', WMA, 20),
  smma: average('rose', WSMA, 14),
  bollinger: {
    ...{ pane: 'price', hasSource: true, parameters: [period(20), multiplier(2)] },
    plots: bands('sky'),
    create: (parameter, price) =>
      streamed(
        () => new BollingerBands(parameter('period'), parameter('multiplier')),
        ...([price, bandsOf, 3] as const),
      ),
  },
  keltner: {
    ...{ pane: 'price', hasSource: false, plots: bands('violet') },
    parameters: [period(20), period(10, 'rangePeriod'), multiplier(2)],
    create: (parameter) =>
      streamed(
        () =>
          new KeltnerChannels({
            emaInterval: parameter('period'),
            atrInterval: parameter('rangePeriod'),
            multiplier: parameter('multiplier'),
          }),
        ...([bar, bandsOf, 3] as const),
      ),
  },
  donchian: {
    ...{ pane: 'price', hasSource: false, parameters: [period(20)], plots: bands('lime') },
    create: (parameter) =>
      streamed(() => new DonchianChannels(parameter('period')), ...([bar, bandsOf, 3] as const)),
  },
  superTrend: {
    ...{ pane: 'price', hasSource: false, parameters: [period(10), multiplier(3)] },
    plots: [
      { name: 'up', style: 'line', color: 'lime' },
      { name: 'down', style: 'line', color: 'rose' },
    ],
    create: (parameter) =>
      streamed(
        () =>
          new SuperTrend({ interval: parameter('period'), multiplier: parameter('multiplier') }),
        bar,
        // A side that is not the trend has no value, and is not drawn.
        ({ supertrend, trend }) =>
          trend === 'BULLISH' ? [supertrend, Number.NaN] : [Number.NaN, supertrend],
        2,
      ),
  },
  vwap: {
    ...{ pane: 'price', hasSource: false, parameters: [], plots: single('amber') },
    create: sessionVwap,
  },
  rsi: {
    ...{ pane: 'own', hasSource: true, parameters: [period(14)], plots: single('violet') },
    guides: [30, 70],
    create: (parameter, price) => streamed(() => new RSI(parameter('period')), price, itself, 1),
  },
  macd: {
    ...{ pane: 'own', hasSource: true, isOfPrice: true },
    parameters: [period(12, 'shortPeriod'), period(26, 'longPeriod'), period(9, 'signalPeriod')],
    plots: [
      { name: 'histogram', style: 'histogram', color: 'grey' },
      { name: 'line', style: 'line', color: 'sky' },
      { name: 'signal', style: 'thin', color: 'amber' },
    ],
    create: (parameter, price) =>
      streamed(
        () =>
          new MACD(
            new EMA(parameter('shortPeriod')),
            new EMA(parameter('longPeriod')),
            new EMA(parameter('signalPeriod')),
          ),
        price,
        ({ histogram, macd, signal }) => [histogram, macd, signal],
        3,
      ),
  },
  stochastic: {
    ...{ pane: 'own', hasSource: false, guides: [20, 80] },
    parameters: [period(14), period(3, 'smoothing', 1), period(3, 'signalPeriod', 1)],
    plots: [
      { name: 'line', style: 'line', color: 'sky' },
      { name: 'signal', style: 'thin', color: 'amber' },
    ],
    create: (parameter) => {
      const kPeriod = parameter('period');
      const kSlowingPeriod = parameter('smoothing');
      const dPeriod = parameter('signalPeriod');
      const create = () => new StochasticOscillator({ kPeriod, kSlowingPeriod, dPeriod });
      const plotsOf = ({ stochK, stochD }: StochasticResult) => [stochK, stochD];
      return unlessFlat(kPeriod, kSlowingPeriod + dPeriod - 2, streamed(create, bar, plotsOf, 2));
    },
  },
  williams: {
    ...WILLIAMS,
    create: (parameter, price) =>
      unlessFlat(parameter('period'), 0, WILLIAMS.create(parameter, price)),
  },
  cci: oscillator('lime', 20, (length) => new CCI(length), [-100, 100]),
  adx: {
    ...{ pane: 'own', hasSource: false, parameters: [period(14)], guides: [25] },
    plots: [
      { name: 'value', style: 'line', color: 'amber' },
      { name: 'plusDi', style: 'thin', color: 'lime' },
      { name: 'minusDi', style: 'thin', color: 'rose' },
    ],
    create: (parameter) => {
      let adx: ADX;
      const create = () => {
        adx = new ADX(parameter('period'));
        return adx;
      };
      const percent = (share: ADX['pdi']) => (share ?? Number.NaN) * 100;
      return streamed(create, bar, (value) => [value, percent(adx.pdi), percent(adx.mdi)], 3);
    },
  },
  atr: { ...oscillator('amber', 14, (length) => new ATR(length)), isOfPrice: true },
  roc: {
    ...{ pane: 'own', hasSource: true, parameters: [period(9)], plots: single('sky'), guides: [0] },
    create: (parameter, price) =>
      streamed(
        () => new ROC(parameter('period')),
        price,
        (value) => [value * 100],
        1,
      ),
  },
  obv: {
    ...{ pane: 'own', hasSource: false, parameters: [], plots: single('sky'), isVolume: true },
    create: onBalanceVolume,
  },
  mfi: oscillator('violet', 14, (length) => new MFI(length), [20, 80]),
};
