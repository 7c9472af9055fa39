import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PANEL_KINDS, type PanelKind } from '#renderer/workspace/panel-kinds.ts';
import { eventually } from '../support/hub-connection.ts';
import { useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const SIZES = [
  { width: 1_280, height: 800 },
  { width: 1_920, height: 1_080 },
  { width: 3_840, height: 2_160 },
];
const EVERY_LOOK = SIZES.flatMap((size) =>
  (['en', 'ko'] as const).flatMap((language) =>
    (['dark', 'light'] as const).map((theme) => ({ ...size, language, theme })),
  ),
);
/** The longest words where there is the least room; `TAPEDECK_LOOKS=all` takes pictures of all the rest. */
const LOOKS = EVERY_LOOK.filter(
  ({ width, theme }) =>
    process.env['TAPEDECK_LOOKS'] === 'all' || (width === 1_280 && theme === 'dark'),
);
const TEST_MS = 120_000;

const folder = join(screenshotFolder, 'every-panel');

/** Names of controls and headings of which a part is not to be seen, and that nothing says in full. */
const cutNames = (panel: Locator): Promise<readonly string[]> =>
  panel.evaluate((root) =>
    [...root.querySelectorAll<HTMLElement>('button, th, label, legend, h2, h3, dt, summary')]
      .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .filter((one) => getComputedStyle(one).overflowX !== 'visible')
      .filter((one) => one.closest('[title]:not([title=""])') === null)
      .map((one) => one.innerText),
  );

async function open(page: Page, kind: PanelKind): Promise<Locator> {
  const tab = page.getByTestId(`tab-${kind}`).first();
  if ((await tab.count()) === 0) {
    await page.getByTestId('add-panel').click();
    await page.getByTestId(`add-panel-${kind}`).click();
  }
  await tab.click();
  const panel = page.locator(`[data-testid^="panel-${kind}"]`).first();
  await eventually(
    () => panel.innerText(),
    (text) => text.trim() !== '',
  );
  return panel;
}

describe.skipIf(!hasChromium)(`every panel${needsChromium}`, () => {
  const demo = useDemoShell();

  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
  });

  it.each(LOOKS)(
    'names its controls whole at $width×$height, $language, $theme',
    async ({ width, height, language, theme }) => {
      const { page, problems } = demo.shell;
      await page.setViewportSize({ width, height });
      await page.evaluate(
        (kept) => localStorage.setItem('tapedeck:preferences', kept),
        JSON.stringify({ theme, language }),
      );
      await page.reload();
      await firstCandle(page);
      const cut: string[] = [];
      for (const kind of PANEL_KINDS) {
        const panel = await open(page, kind);
        cut.push(...(await cutNames(panel)).map((name) => `${kind}: ${name}`));
        const name = `${kind}-${width}-${language}-${theme}.png`;
        await panel.screenshot({ path: join(folder, name) });
      }
      expect(cut).toEqual([]);
      expect(problems).toEqual([]);
    },
    TEST_MS,
  );
});
