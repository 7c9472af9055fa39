import type { Layouts } from './layouts.ts';

/** A second window with the layout that this one shows; from then on each has its own. */
export function openLayoutWindow(layouts: Layouts): void {
  const { name } = layouts.store.getState();
  const address = new URL(window.location.href);
  address.search = new URLSearchParams({ layout: name ?? '' }).toString();
  window.open(address, '_blank', 'popup');
}
