import { THEME_EVENT } from '../../app/preferences.ts';

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
  readonly onAccent: string;
  readonly font: string;
}

/** How much of the side's colour there is in the volume's; the rest is the ground's. */
const VOLUME_SHARE = 0.32;
const ORDER_SHARE = 0.6;
const CROSSHAIR_SHARE = 0.5;

/** Read anew after each change of theme. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const ground = style.getPropertyValue('--panel');
  const mixed = (name: string, share: number) =>
    canvasColor(ground, style.getPropertyValue(name), share);
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
    onAccent: color('--on-accent'),
    font: style.fontFamily,
  };
}

let context: CanvasRenderingContext2D | null = null;

/**
 * Any CSS colour laid over the ground, as `rgb(…)`: the chart's own reader knows few notations, and
 * opaque colours do not add up where things overlap.
 */
function canvasColor(ground: string, color: string, share: number): string {
  context ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (context === null) return color;
  for (const [fill, alpha] of [
    [ground, 1],
    [color, share],
  ] as const) {
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
