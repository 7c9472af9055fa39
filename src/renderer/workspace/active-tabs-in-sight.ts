/**
 * Keeps the tab that is in front in sight. The library scrolls to it before it has its words, and before
 * the list of those that have no room takes its own: both are waited for here.
 */
export class ActiveTabsInSight {
  readonly #observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const strip = target.closest('.dv-tabs-container');
      if (strip !== null && contentRect.width > 0) bringActiveInSight(strip);
      // A tab grows with what it counts, too: whoever looks at others then is left alone.
      if (strip !== target && contentRect.width > 0) this.#observer.unobserve(target);
    }
  });

  /** A strip of tabs, or what is in a tab that is new. */
  watch(element: Element): void {
    this.#observer.observe(element);
  }

  letGo(element: Element): void {
    this.#observer.unobserve(element);
  }

  dispose(): void {
    this.#observer.disconnect();
  }
}

function bringActiveInSight(strip: Element): void {
  const tab = strip.querySelector('.dv-active-tab');
  if (tab === null) return;
  const [seen, box] = [strip.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (box.right > seen.right) strip.scrollLeft += Math.ceil(box.right - seen.right);
  else if (box.left < seen.left) strip.scrollLeft -= Math.ceil(seen.left - box.left);
}
