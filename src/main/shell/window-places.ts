import type { Bounds, RestoredWindow } from './window-states.ts';

export const DEFAULT_SIZE = { width: 1_440, height: 900 };
/** How far a window stands from one that it must not cover. */
export const CASCADE_PX = 32;

/**
 * Windows whose screen is gone would all come to lie in the middle of the one that is left, each hiding
 * the one before: all but the first of them are given a place beside it.
 */
export function cascaded(
  windows: readonly RestoredWindow[],
  workAreas: readonly Bounds[],
): readonly RestoredWindow[] {
  const [area] = workAreas;
  let without = -1;
  return windows.map((window) => {
    if (window.bounds !== null) return window;
    without += 1;
    if (area === undefined || without === 0) return window;
    return { ...window, bounds: shifted(inTheMiddleOf(area), without * CASCADE_PX) };
  });
}

function inTheMiddleOf(area: Bounds): Bounds {
  const width = Math.min(DEFAULT_SIZE.width, area.width);
  const height = Math.min(DEFAULT_SIZE.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    ...{ width, height },
  };
}

const shifted = (bounds: Bounds, by: number): Bounds => ({
  ...bounds,
  ...{ x: bounds.x + by, y: bounds.y + by },
});
