import { type IChartApi, PriceScaleMode } from 'lightweight-charts';
import { describe, expect, it } from 'vitest';
import type { ChartTheme } from '../plot/chart-theme.ts';
import { IndicatorLayer } from './indicator-layer.ts';
import { usualSettings } from './indicator-settings.ts';

/** Like the library, it knows nothing of the pane of a series that is gone, and speaks up while it removes one. */
function fakeChart(
  onRemoving: () => void,
  onScale: (options: object) => void = () => undefined,
  onMade: (options: object) => void = () => undefined,
) {
  const living = new Set<object>();
  const addSeries = (_kind: unknown, options: object) => {
    onMade(options);
    const series = {
      applyOptions: () => undefined,
      setData: () => undefined,
      createPriceLine: () => undefined,
      priceScale: () => ({ applyOptions: onScale }),
      getPane: () => {
        if (!living.has(series)) throw new Error('Value is null');
        return { getHTMLElement: () => null };
      },
    };
    living.add(series);
    return series;
  };
  const pane = { addSeries, setStretchFactor: () => undefined };
  const removeSeries = (series: object) => {
    living.delete(series);
    onRemoving();
  };
  return { addPane: () => pane, panes: () => [pane], removeSeries } as unknown as IChartApi;
}

describe('the indicators on a chart', () => {
  it('can be asked for while one of them is removed, as by the crosshair over it', () => {
    const seen: string[][] = [];
    const kinds = () => layer.shown.map(({ settings }) => settings.kind);
    const layer: IndicatorLayer = new IndicatorLayer(
      fakeChart(() => seen.push(kinds())),
      { series: {} } as ChartTheme,
    );
    const [macd, rsi] = [usualSettings('macd', 'a'), usualSettings('rsi', 'b')];
    layer.set([macd, rsi]);
    layer.set([rsi]);
    layer.set([]);
    // The three lines of the first, and the one of the second.
    expect(seen).toEqual([['rsi'], ['rsi'], ['rsi'], []]);
  });

  it('are written in whole steps of the price, be these no powers of ten', () => {
    const made: object[] = [];
    const ignore = () => undefined;
    const chart = fakeChart(ignore, ignore, (options) => made.push(options));
    const layer = new IndicatorLayer(chart, { series: {} } as ChartTheme);
    layer.setFormat(1 / 32);
    layer.set([usualSettings('sma', 'a')]);
    expect(made).toEqual([
      expect.objectContaining({ priceFormat: { type: 'price', precision: 5, minMove: 1 / 32 } }),
    ]);
  });

  it('have scales of their own, whichever the prices have: percents of an index are not its value', () => {
    const scales: object[] = [];
    const chart = fakeChart(
      () => undefined,
      (options) => scales.push(options),
    );
    const layer = new IndicatorLayer(chart, { series: {} } as ChartTheme);
    layer.set([usualSettings('sma', 'a')]);
    expect(scales).toEqual([]);
    layer.set([usualSettings('sma', 'a'), usualSettings('rsi', 'b')]);
    expect(scales).toEqual([{ mode: PriceScaleMode.Normal }]);
  });
});
