import type { Page } from 'playwright-core';
import type { Preferences } from '#renderer/preferences/preferences.ts';

/** A theme and how up and down are told apart in it. */
export interface Colours {
  readonly theme: Exclude<Preferences['theme'], 'system'>;
  readonly palette: Preferences['palette'];
}

/** As the settings would have it, without the way there. */
export async function wear(page: Page, colours: Colours): Promise<void> {
  await page.evaluate(async (chosen) => {
    Object.assign(document.documentElement.dataset, chosen);
    window.dispatchEvent(new CustomEvent('tapedeck:theme'));
    // What is drawn by frames takes the next one.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    // A colour that is on its way to another is neither.
    for (const animation of document.getAnimations()) animation.finish();
  }, colours);
}
