import { ColorType, CrosshairMode } from 'lightweight-charts';
import type { ChartTheme } from './chart-theme.ts';

export const FONT_PX = 11;
/** Wide enough for most prices, so that charts below each other end at the same place. */
const AXIS_WIDTH_PX = 72;
/** Right of the newest bar, at least: labels of lines may need more. */
export const RIGHT_OFFSET_PX = 72;
/** A whole history fits on the screen; bars that share a pixel are drawn as one. */
export const LEAST_SPACING_PX = 0.02;

/** What a chart is made with. */
export const plotOptions = (theme: ChartTheme) => {
  const { rightPriceScale, timeScale, crosshair, ...colors } = themeOptions(theme);
  return {
    ...colors,
    autoSize: true,
    // The crosshair is where the pointer is: the library's own way holds its price to the bar's close.
    crosshair: { ...crosshair, mode: CrosshairMode.Normal },
    rightPriceScale: { ...rightPriceScale, minimumWidth: AXIS_WIDTH_PX },
    timeScale: {
      ...timeScale,
      timeVisible: true,
      rightOffsetPixels: RIGHT_OFFSET_PX,
      minBarSpacing: LEAST_SPACING_PX,
      enableConflation: true,
    },
  };
};

/** What of it changes with the theme. */
export const themeOptions = (theme: ChartTheme) => ({
  layout: {
    background: { type: ColorType.Solid as const, color: theme.ground },
    textColor: theme.text,
    fontFamily: theme.font,
    fontSize: FONT_PX,
    // The logo comes with an inline style, which the page's content security policy refuses. The
    // attribution that the licence asks for stands in the panel.
    attributionLogo: false,
    panes: { separatorColor: theme.border, separatorHoverColor: theme.accentGround },
  },
  grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
  rightPriceScale: { borderColor: theme.border },
  timeScale: { borderColor: theme.border },
  crosshair: {
    vertLine: { color: theme.crosshair, labelBackgroundColor: theme.label },
    horzLine: { color: theme.crosshair, labelBackgroundColor: theme.label },
  },
});
