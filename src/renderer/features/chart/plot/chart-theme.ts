import { THEME_EVENT } from '../../../preferences/appearance.ts';

/** The chart's colours, from the custom properties of `tokens.css`. */
export interface ChartTheme {
  readonly ground: string;
  readonly text: string;
  readonly grid: string;
  readonly border: string;
  readonly crosshair: string;
  readonly label: string;
  readonly up: string;
  readonly down: string;
  readonly buyVolume: string;
  readonly sellVolume: string;
  /** Of which nobody told who bought. */
  readonly plainVolume: string;
  readonly buyOrder: string;
  readonly sellOrder: string;
  readonly orderLabel: string;
  readonly accent: string;
  /** Under the line of an area, at its top. */
  readonly areaTop: string;
  readonly accentGround: string;
  readonly strong: string;
  readonly onAccent: string;
  readonly warning: string;
  /** Of indicators, measures and compared instruments. */
  readonly series: Readonly<Record<SeriesColor, string>>;
  readonly font: string;
}

export const SERIES_COLORS = ['amber', 'sky', 'violet', 'rose', 'lime', 'grey'] as const;
export type SeriesColor = (typeof SERIES_COLORS)[number];

/** How much of the side's colour there is in the volume's; the rest is the ground's. */
const VOLUME_SHARE = 0.32;
const ORDER_SHARE = 0.6;
const CROSSHAIR_SHARE = 0.5;
const AREA_SHARE = 0.28;
const GROUND_SHARE = 0.16;

/** Read anew after each change of theme. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const ground = style.getPropertyValue('--panel');
  const mixed = (name: string, share: number) =>
    canvasColor(context, [ground, 1], [style.getPropertyValue(name), share]);
  const color = (name: string) => mixed(name, 1);
  return {
    ground: color('--panel'),
    text: color('--text-dim'),
    grid: color('--chart-grid'),
    border: color('--line'),
    crosshair: mixed('--text-dim', CROSSHAIR_SHARE),
    label: color('--line-strong'),
    up: color('--up'),
    down: color('--down'),
    buyVolume: mixed('--up', VOLUME_SHARE),
    sellVolume: mixed('--down', VOLUME_SHARE),
    plainVolume: mixed('--text-dim', VOLUME_SHARE),
    buyOrder: mixed('--up', ORDER_SHARE),
    sellOrder: mixed('--down', ORDER_SHARE),
    orderLabel: color('--panel-raised'),
    accent: color('--accent'),
    areaTop: mixed('--accent', AREA_SHARE),
    accentGround: mixed('--accent', GROUND_SHARE),
    strong: color('--text-strong'),
    warning: color('--warning'),
    series: {
      amber: color('--series-amber'),
      sky: color('--series-sky'),
      violet: color('--series-violet'),
      rose: color('--series-rose'),
      lime: color('--series-lime'),
      grey: color('--series-grey'),
    },
    onAccent: color('--on-accent'),
    font: style.fontFamily,
  };
}

type Layer = readonly [color: string, share: number];

/**
 * CSS colours laid over one another, as `rgb(…)`: the chart's own reader knows few notations, and
 * opaque colours do not add up where things overlap.
 */
function canvasColor(
  context: CanvasRenderingContext2D | null,
  ...layers: readonly [ground: Layer, color: Layer]
): string {
  if (context === null) return layers[1][0];
  for (const [fill, alpha] of layers) {
    context.globalAlpha = alpha;
    context.fillStyle = fill.trim() || 'transparent';
    context.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Calls whenever the colours may have changed. Returns the end of it. */
export function onThemeChange(listener: () => void): () => void {
  const preference = matchMedia('(prefers-color-scheme: light)');
  window.addEventListener(THEME_EVENT, listener);
  preference.addEventListener('change', listener);
  return () => {
    window.removeEventListener(THEME_EVENT, listener);
    preference.removeEventListener('change', listener);
  };
}
