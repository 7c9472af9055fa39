import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { projectRoot } from './serve-process.ts';

/** Pictures that were looked at and are good; committed, so they are small. */
const folder = join(projectRoot, 'tests/e2e/pictures');
const output = join(projectRoot, 'tests/e2e/output');
/** Set to take what is drawn now for good. Look at it before it is committed. */
const takesOver = process.env['TAPEDECK_UPDATE_PICTURE'] === '1';
/** Of the distance from black to white: below it two colours are the same. */
const SAME_COLOR = 0.12;

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
  if (takesOver || !existsSync(path)) {
    if (!takesOver) return { share: 1, hint: `there is no picture ${path}` };
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, screenshot);
  }
  const drawn = PNG.sync.read(screenshot);
  const known = PNG.sync.read(readFileSync(path));
  const { width, height } = known;
  mkdirSync(output, { recursive: true });
  const drawnPath = join(output, `${name}-drawn.png`);
  writeFileSync(drawnPath, screenshot);
  if (drawn.width !== width || drawn.height !== height) {
    return { share: 1, hint: `${drawnPath} is of another size than ${path}` };
  }
  const difference = new PNG({ width, height });
  const options = { threshold: SAME_COLOR };
  const count = pixelmatch(known.data, drawn.data, difference.data, width, height, options);
  const differencePath = join(output, `${name}-difference.png`);
  writeFileSync(differencePath, PNG.sync.write(difference));
  return { share: count / (width * height), hint: differencePath };
}
