import type { ISeriesApi, ISeriesPrimitive, SeriesType, Time } from 'lightweight-charts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import type { BarAxis } from '../plot/bar-axis.ts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import { FillMarkerLayer } from './fill-marker-layer.ts';
import type { FillMarker } from './fill-markers.ts';

const SPACING_PX = 10;
const WIDTH_PX = 200;
const THEME = { up: 'up', down: 'down', accent: 'accent', font: 'sans' } as ChartTheme;

/** A chart of bars that are a minute each, ten pixels wide; a price is as many pixels from the top. */
const axis = {
  offset: 0,
  xOf: (time: number) => (time / 60_000) * SPACING_PX,
  timeAt: (x: number) => Math.round(x / SPACING_PX) * 60_000,
  placeOf: (time: number) => time / 60_000,
} as unknown as BarAxis;

let drawnBar: object | null;
let updates: number;
let layer: FillMarkerLayer;
let primitive: ISeriesPrimitive<Time>;

beforeEach(() => {
  drawnBar = { high: 40, low: 60 };
  updates = 0;
  layer = new FillMarkerLayer(axis);
  layer.setTheme(THEME);
  layer.attach({
    attachPrimitive: (attached: ISeriesPrimitive<Time>) => {
      primitive = attached;
      attached.attached?.({ requestUpdate: () => (updates += 1) } as never);
    },
    dataByIndex: () => drawnBar,
    priceToCoordinate: (price: number) => price,
  } as unknown as ISeriesApi<SeriesType>);
});

const marker = (minute: number, side: 'buy' | 'sell', count = 1): FillMarker => ({
  ...{ id: `${minute}:${side}`, openTime: (minute * 60_000) as EpochMs, side },
  fills: Array.from({ length: count }, (_, index) => ({ id: `${minute}-${index}` })) as never,
});

/** Where the tips of the arrows are and in what colour, and what is written. */
function draw() {
  const arrows: string[] = [];
  const texts: string[] = [];
  let isFirst = false;
  const context = {
    fillStyle: '',
    beginPath: () => (isFirst = true),
    moveTo: (x: number, y: number) => {
      if (isFirst) arrows.push(`${context.fillStyle} ${x},${y}`);
      isFirst = false;
    },
    lineTo: () => undefined,
    closePath: () => undefined,
    fill: () => undefined,
    fillText: (text: string, x: number, y: number) => texts.push(`${text} ${x},${y}`),
  };
  const scope = { context, mediaSize: { width: WIDTH_PX, height: 100 } };
  const [view] = primitive.paneViews?.() ?? [];
  const target = { useMediaCoordinateSpace: (work: (given: unknown) => void) => work(scope) };
  view?.renderer()?.draw(target as never);
  return { arrows, texts };
}

describe('FillMarkerLayer', () => {
  it('points at the low of a bar where was bought, and at its high where was sold', () => {
    layer.set([marker(3, 'buy'), marker(4, 'sell')], null);
    expect(draw()).toEqual({ arrows: ['up 30,64', 'down 40,36'], texts: [] });
  });

  it('counts the fills that share an arrow, up to what there is room for', () => {
    layer.set([marker(3, 'buy', 12), marker(4, 'sell', 1_000)], null);
    expect(draw().texts).toEqual(['12 30,83.5', '999+ 40,16.5']);
  });

  it('writes the count of a bar at the chart’s edge within the chart, and of none beyond it', () => {
    layer.set([marker(3, 'buy', 12), marker(4, 'sell', 34)], null);
    drawnBar = { high: 20, low: 84 };
    expect(draw().texts).toEqual(['12 30,94.5', '34 40,5.5']);
    drawnBar = { high: -20, low: 124 };
    expect(draw().texts).toEqual(['12 30,147.5', '34 40,-43.5']);
  });

  it('draws the one that is looked for in the accent', () => {
    layer.set([marker(3, 'buy', 2), marker(4, 'buy')], '3-1');
    expect(draw().arrows.map((arrow) => arrow.split(' ')[0])).toEqual(['accent', 'up']);
  });

  it('stands at the line where there are no candles, and nowhere where there is no bar', () => {
    layer.set([marker(3, 'sell')], null);
    drawnBar = { value: 50 };
    expect(draw().arrows).toEqual(['down 30,46']);
    drawnBar = null;
    expect(draw().arrows).toEqual([]);
  });

  it('draws those in sight alone', () => {
    layer.set([marker(-9, 'buy'), marker(0, 'buy'), marker(20, 'buy'), marker(29, 'buy')], null);
    expect(draw().arrows).toEqual(['up 0,64', 'up 200,64']);
  });

  it('has the chart drawn for another set of markers, and not for none', () => {
    layer.set([], null);
    expect(updates).toBe(0);
    layer.set([marker(3, 'buy')], null);
    layer.set([], null);
    expect(updates).toBe(2);
  });
});
