import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { projectRoot } from './serve-process.ts';

/** Pictures that were looked at and are good; committed, so they are small. */
const folder = join(projectRoot, 'tests/e2e/expected');
const output = join(projectRoot, 'tests/e2e/output');
/** Set to take what is drawn now for good. Look at it before it is committed. */
const takesOver = process.env['TAPEDECK_UPDATE_PICTURE'] === '1';
/** Of the distance from black to white: below it two colours are the same. */
const SAME_COLOR = 0.15;

export interface PictureDifference {
  /** Share of the pixels that differ, edges of letters and lines aside; 1 where the sizes do. */
  readonly share: number;
  /** What to look at, where anything differs. */
  readonly hint: string;
}

/**
 * Compares a screenshot (PNG) with the picture of that name. What was drawn and where it differs is
 * left in the suite's output.
 */
export function compareWithPicture(screenshot: Buffer, name: string): PictureDifference {
  const path = join(folder, `${name}.png`);
  mkdirSync(output, { recursive: true });
  const drawnPath = join(output, `${name}.png`);
  writeFileSync(drawnPath, screenshot);
  if (takesOver) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, screenshot);
  }
  if (!existsSync(path)) return { share: 1, hint: `there is no picture ${path}` };
  const difference = differenceOf(screenshot, readFileSync(path));
  if (difference === null) {
    return { share: 1, hint: `${drawnPath} is of another size than ${path}` };
  }
  const differencePath = join(output, `${name}-difference.png`);
  writeFileSync(differencePath, PNG.sync.write(difference.picture));
  return { share: difference.share, hint: differencePath };
}

/** Where two pictures differ, and how much of them does; null where their sizes do. */
export function differenceOf(
  one: Buffer,
  other: Buffer,
): { readonly share: number; readonly picture: PNG } | null {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
  const { width, height } = a;
  if (width !== b.width || height !== b.height) return null;
  const picture = new PNG({ width, height });
  const options = { threshold: SAME_COLOR };
  const count = pixelmatch(a.data, b.data, picture.data, width, height, options);
  return { share: count / (width * height), picture };
}
