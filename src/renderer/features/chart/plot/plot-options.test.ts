import { CrosshairMode } from 'lightweight-charts';
import { describe, expect, it } from 'vitest';
import type { ChartTheme } from './chart-theme.ts';
import { LEAST_SPACING_PX, plotOptions, themeOptions } from './plot-options.ts';

const THEME = { crosshair: 'grey', border: 'dark' } as ChartTheme;

describe('what a chart is made with', () => {
  it('has the crosshair at the pointer’s price, not at the bar’s close', () => {
    expect(plotOptions(THEME).crosshair.mode).toBe(CrosshairMode.Normal);
  });

  it('keeps its own beside what the theme says of the same part', () => {
    const { crosshair, rightPriceScale, timeScale } = plotOptions(THEME);
    expect(crosshair.vertLine.color).toBe('grey');
    expect(rightPriceScale).toEqual({ borderColor: 'dark', minimumWidth: 72 });
    expect(timeScale).toMatchObject({ borderColor: 'dark', minBarSpacing: LEAST_SPACING_PX });
  });

  it('is not undone by a change of the theme', () => {
    expect(themeOptions(THEME).crosshair).not.toHaveProperty('mode');
  });
});
