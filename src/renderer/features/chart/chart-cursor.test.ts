import { expect, it, vi } from 'vitest';
import { ChartCursor } from './chart-cursor.ts';
import type { Plot } from './plot/plot.ts';

const WIDTH = 800;

/** A plot without a bar, as a deck has it before its first trade. */
function emptyPlot(priceToCoordinate: () => number | null) {
  const shown = { showCrosshair: vi.fn(), hideCrosshair: vi.fn() };
  const plot = {
    ...{ ...shown, pan: vi.fn(), size: { width: WIDTH, height: 400 } },
    axis: { bars: [], placeAt: () => 0, timeOfPlace: () => 0, xOfPlace: () => 0 },
    series: { priceToCoordinate, coordinateToPrice: () => null },
  };
  return { ...shown, cursor: new ChartCursor(plot as unknown as Plot, 0.1) };
}

it('the crosshair is not put where there are no prices, which the chart library does not bear', () => {
  const { showCrosshair, hideCrosshair, cursor } = emptyPlot(() => null);
  cursor.move(1, 0);
  cursor.snap(1);
  expect(showCrosshair).not.toHaveBeenCalled();
  expect(hideCrosshair).toHaveBeenCalled();
});

it('the crosshair is put where there are', () => {
  const { showCrosshair, cursor } = emptyPlot(() => 10);
  cursor.move(1, 0);
  expect(showCrosshair).toHaveBeenCalledOnce();
});
