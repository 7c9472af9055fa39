import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  type ISeriesApi,
  type Time,
} from 'lightweight-charts';
import { useEffect, useRef, useState } from 'react';
import type { WireTrade } from '#contract/model.ts';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { BTC, hear, request } from './naive-hub.ts';

/** As many as our chart begins with. */
const CANDLES = 500;
const MINUTE_MS = 60_000;

const timeOf = ({ openTime }: Candle) => (openTime / 1_000) as Time;

function withTrade(candles: readonly Candle[], { price, size, timestamp }: WireTrade) {
  const last = candles.at(-1);
  if (last === undefined) return candles;
  const openTime = (timestamp - (timestamp % MINUTE_MS)) as EpochMs;
  if (openTime > last.openTime) {
    const opened = { ...last, openTime, open: price, high: price, low: price };
    return [...candles, { ...opened, close: price, volume: size }];
  }
  const high = Math.max(last.high, price) as Price;
  const low = Math.min(last.low, price) as Price;
  const changed = { ...last, high, low, close: price, volume: last.volume + size };
  return [...candles.slice(0, -1), changed];
}

export function NaiveChart() {
  const [candles, setCandles] = useState<readonly Candle[]>([]);
  const ref = useRef<HTMLDivElement>(null);
  const prices = useRef<ISeriesApi<'Candlestick'>>(null);
  const volumes = useRef<ISeriesApi<'Histogram'>>(null);
  useEffect(() => {
    if (ref.current === null) return;
    const chart = createChart(ref.current, { autoSize: true });
    prices.current = chart.addSeries(CandlestickSeries);
    volumes.current = chart.addSeries(HistogramSeries, { priceScaleId: 'volume' });
    chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
    return () => chart.remove();
  }, []);
  useEffect(() => {
    const params = { instrumentId: BTC as InstrumentId, interval: '1m', limit: CANDLES } as const;
    void request('candles.get', params).then((answer) => setCandles(answer.candles));
    if (window.naive.candles === 'ofTrades') {
      return hear(`symbol:${BTC}:trades`, 'trade:new', ({ trades }) => {
        for (const trade of trades) setCandles((all) => withTrade(all, trade));
      });
    }
    return hear(`symbol:${BTC}:candles:1m`, 'candle:update', ({ candle }) =>
      setCandles((all) => [...all.filter((one) => one.openTime !== candle.openTime), candle]),
    );
  }, []);
  useEffect(() => {
    prices.current?.setData(candles.map((candle) => ({ ...candle, time: timeOf(candle) })));
    volumes.current?.setData(
      candles.map((candle) => ({ time: timeOf(candle), value: candle.volume })),
    );
  }, [candles]);
  return <div className="chart" ref={ref} />;
}
