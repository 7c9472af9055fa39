import type { Layouts } from './layouts.ts';

/** Of a window or a tab: letters and digits, so that it can stand in an address. */
export const createWindowId = (): string => Math.random().toString(36).slice(2);

/** A second window with the layout that this one shows; from then on each has its own. */
export function openLayoutWindow(layouts: Layouts): void {
  const { name } = layouts.store.getState();
  const address = new URL(window.location.href);
  address.search = new URLSearchParams({
    ...{ window: createWindowId(), layout: name ?? '' },
  }).toString();
  window.open(address, '_blank', 'popup');
}
