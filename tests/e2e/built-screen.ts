import { buildScreen, hasChromium } from './shells.ts';

/** Built before the first file: two that run at once would build it over one another. */
export default async function setup(): Promise<void> {
  if (hasChromium) await buildScreen();
}
