import { invariant } from '#domain/assert.ts';
import type { Plot } from './plot.ts';

const CAPTION_PX = 13;
const MARGIN_PX = 12;

/** The chart as it stands, with its name in the corner, as a PNG. */
export async function chartPicture(plot: Plot, caption: string): Promise<Blob> {
  const canvas = plot.chart.takeScreenshot(true);
  const context = canvas.getContext('2d');
  invariant(context !== null, 'a canvas has a context');
  const scale = devicePixelRatio;
  context.scale(scale, scale);
  context.fillStyle = plot.theme.strong;
  context.font = `600 ${CAPTION_PX}px ${plot.theme.font}`;
  context.textBaseline = 'top';
  context.fillText(caption, MARGIN_PX, MARGIN_PX);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('the chart is too large for a picture'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** `tapedeck-BTC-USDT-1m-20240314T140359.png` */
export function pictureName(symbol: string, interval: string, time: number): string {
  const stamp = new Date(time).toISOString().replace(/[-:]|[.]\d+Z$/g, '');
  return `tapedeck-${symbol.replace(/[^A-Za-z0-9]+/g, '-')}-${interval}-${stamp}.png`;
}
