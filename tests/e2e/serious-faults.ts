import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe calls serious or critical, with the first places of each; of all, or of a part of the page. */
export async function seriousFaults(page: Page, part = 'html'): Promise<readonly string[]> {
  return faultsIn(page, part, {});
}

/** Of contrast alone: all that another theme or palette can change. */
export async function contrastFaults(page: Page, part = 'html'): Promise<readonly string[]> {
  return faultsIn(page, part, { runOnly: ['color-contrast'] });
}

async function faultsIn(page: Page, part: string, options: RunOptions): Promise<readonly string[]> {
  const isThere = await page.evaluate(() => Reflect.has(window, 'axe'));
  if (!isThere) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([where, asked]) => (Reflect.get(window, 'axe') as typeof axe).run(where, asked),
    [part, options] as const,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map(({ html }) => html)
          .join('\n')}`,
    );
}
