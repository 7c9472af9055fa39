import type { PressedKey, ShellWebContents } from './electron-modules.ts';

/** Of Chromium: each level is 1.2 times as large as the one before; 50 % to 300 %. */
const LEAST_LEVEL = -3.8;
const MOST_LEVEL = 6;
const STEP = 0.5;

/** How far a key takes the page, as in browsers; null of any other, 0 of the one that goes back to the usual size. */
function stepOf({ type, control, alt, key }: PressedKey): number | null {
  if (type !== 'keyDown' || !control || alt) return null;
  if (key === '+' || key === '=') return STEP;
  if (key === '-' || key === '_') return -STEP;
  return key === '0' ? 0 : null;
}

/** Without a menu of the app's a page has no keys for its size; on a large screen one needs them. */
export function zoomByKeys(contents: ShellWebContents): void {
  contents.on('before-input-event', (event, input) => {
    const step = stepOf(input);
    if (step === null) return;
    event.preventDefault();
    const level = step === 0 ? 0 : contents.getZoomLevel() + step;
    contents.setZoomLevel(Math.min(MOST_LEVEL, Math.max(LEAST_LEVEL, level)));
  });
}
