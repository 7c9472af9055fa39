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
/** Taken beside the first of them, on the page that is open: they change colours alone. */
const COLOURS = [
  { theme: 'contrast', palette: 'tealRed' },
  { theme: 'dark', palette: 'blueOrange' },
] as const;
/** In these up and down are told apart by colour, beside their signs. */
const IN_TWO_COLOURS: ReadonlySet<PanelKind> = new Set<PanelKind>([
  ...(['watchlist', 'chart', 'order-book', 'tape', 'bots', 'positions', 'fills'] as const),
]);
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

/** Names that users and exchanges gave, and what a program wrote for who reads its log. One a line. */
const SAID_IN_ENGLISH = [
  /Demo grid/g, //
  /demo [A-Z]+/g,
  /TradingView Lightweight Charts/g,
  /\b(Ctrl|Alt|Shift|Esc|Enter|Space|Page|Home|End|Delete|Tab)\b/g,
];

/** What stands there in English, be it said or shown as a hint: two words of it beside one another. */
async function englishIn(panel: Locator): Promise<readonly string[]> {
  const texts = await panel.evaluate((root) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // The program's own log speaks English to everybody.
      if (node.parentElement?.closest('[data-testid="log-lines"]') === null)
        found.push(node.nodeValue ?? '');
    }
    for (const one of root.querySelectorAll('[title], [aria-label], [placeholder]')) {
      for (const name of ['title', 'aria-label', 'placeholder']) {
        found.push(one.getAttribute(name) ?? '');
      }
    }
    return found;
  });
  return texts.filter((text) =>
    /[A-Za-z]{2,}[,:;]? [A-Za-z]{2,}/.test(
      SAID_IN_ENGLISH.reduce((rest, said) => rest.replace(said, ''), text),
    ),
  );
}

/** As the settings would change them, without the way there. */
async function colour(page: Page, colours: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((chosen) => {
    Object.assign(document.documentElement.dataset, chosen);
    window.dispatchEvent(new CustomEvent('tapedeck:theme'));
    // What is drawn by frames takes the next one.
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, colours);
}

async function picturesInColours(panel: Locator, kind: PanelKind, width: number): Promise<void> {
  for (const colours of COLOURS) {
    if (colours.palette === 'blueOrange' && !IN_TWO_COLOURS.has(kind)) continue;
    await colour(panel.page(), colours);
    const file = `${kind}-${width}-${colours.theme}-${colours.palette}.png`;
    await panel.screenshot({ path: join(folder, file) });
  }
  await colour(panel.page(), { theme: 'dark', palette: 'tealRed' });
}

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
      // Its log, its fills and what it says of itself are on screen as well.
      await page.locator('[data-testid^="bot-row-"]').first().click();
      const cut: string[] = [];
      const english: string[] = [];
      for (const kind of PANEL_KINDS) {
        const panel = await open(page, kind);
        cut.push(...(await cutNames(panel)).map((name) => `${kind}: ${name}`));
        if (language === 'ko') {
          english.push(...(await englishIn(panel)).map((text) => `${kind}: ${text}`));
        }
        const name = `${kind}-${width}-${language}-${theme}.png`;
        await panel.screenshot({ path: join(folder, name) });
        if (language === 'en' && theme === 'dark') await picturesInColours(panel, kind, width);
      }
      expect(cut).toEqual([]);
      expect([...new Set(english)]).toEqual([]);
      expect(problems).toEqual([]);
    },
    TEST_MS,
  );
});
