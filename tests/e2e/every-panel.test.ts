import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { PANEL_KINDS, type PanelKind } from '#renderer/workspace/panel-kinds.ts';
import { eventually } from '../support/hub-connection.ts';
import { type Colours, wear } from './colours.ts';
import { useDemoShell } from './demo-shell.ts';
import { cutNames, englishIn } from './panel-texts.ts';
import { contrastFaults, seriousFaults } from './serious-faults.ts';
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
const ARE_ALL_LOOKED_AT = process.env['TAPEDECK_LOOKS'] === 'all';
const LOOKS = EVERY_LOOK.filter(
  ({ width, theme }) => ARE_ALL_LOOKED_AT || (width === 1_280 && theme === 'dark'),
);
/** Looked at beside the first of them, on the page that is open. That each has contrast its tokens are held to. */
const COLOURS: readonly Colours[] = ARE_ALL_LOOKED_AT
  ? [
      { theme: 'contrast', palette: 'tealRed' },
      { theme: 'light', palette: 'tealRed' },
      { theme: 'dark', palette: 'blueOrange' },
    ]
  : [];
/** In these up and down are told apart by colour, beside their signs. */
const IN_TWO_COLOURS: ReadonlySet<PanelKind> = new Set<PanelKind>([
  ...(['watchlist', 'chart', 'order-book', 'tape', 'bots', 'positions', 'fills'] as const),
]);
const EVERY_COLOURS: readonly Colours[] = (['dark', 'light', 'contrast'] as const).flatMap(
  (theme) => (['tealRed', 'blueOrange'] as const).map((palette) => ({ theme, palette })),
);
const TEST_MS = 120_000;

const folder = join(screenshotFolder, 'every-panel');

/**
 * What axe finds serious in a panel, in each of these looks: they differ in colours alone. Pictures of
 * them are taken as well.
 */
async function faultsInColours(panel: Locator, kind: PanelKind): Promise<readonly string[]> {
  const page = panel.page();
  const part = `[data-testid^="panel-${kind}"]`;
  const faults = [...(await seriousFaults(page, part))];
  for (const colours of COLOURS) {
    if (colours.palette === 'blueOrange' && !IN_TWO_COLOURS.has(kind)) continue;
    await wear(page, colours);
    faults.push(...(await contrastFaults(page, part)));
    if (colours.theme === 'light') continue;
    const name = `${kind}-1280-${colours.theme}-${colours.palette}.png`;
    await panel.screenshot({ path: join(folder, name) });
  }
  await wear(page, { theme: 'dark', palette: 'tealRed' });
  return faults.map((fault) => `${kind}: ${fault}`);
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

/** Of all strategies, with what they explain; and of what stands around the panels. */
async function englishOfForm(page: Page): Promise<readonly string[]> {
  await page.getByTestId('tab-bots').first().click();
  await page.getByTestId('new-bot').click();
  const form = page.getByTestId('bot-form');
  await form.getByTestId('bot-form-more').locator('summary').click();
  const strategy = form.getByTestId('bot-field-strategy');
  const ids = await strategy
    .locator('option')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
  const english: string[] = [];
  for (const id of ids) {
    await strategy.selectOption(id);
    english.push(...(await englishIn(form)).map((text) => `${id}: ${text}`));
  }
  await page.getByTestId('bot-form-cancel').click();
  return [...english, ...(await englishIn(page.locator('body')))];
}

describe.skipIf(!hasChromium)(`every panel${needsChromium}`, () => {
  const demo = useDemoShell();

  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
  });

  it.each(LOOKS)(
    'names its controls whole, and can be read, at $width×$height, $language, $theme',
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
      await page.getByTestId('tab-bots').first().click();
      await page.locator('[data-testid^="bot-row-"]').first().click();
      const cut: string[] = [];
      const english: string[] = [];
      const faults: string[] = [];
      for (const kind of PANEL_KINDS) {
        const panel = await open(page, kind);
        cut.push(...(await cutNames(panel)).map((name) => `${kind}: ${name}`));
        if (language === 'ko') {
          english.push(...(await englishIn(panel)).map((text) => `${kind}: ${text}`));
        }
        const name = `${kind}-${width}-${language}-${theme}.png`;
        await panel.screenshot({ path: join(folder, name) });
        if (language === 'en' && theme === 'dark' && width === 1_280) {
          faults.push(...(await faultsInColours(panel, kind)));
        }
      }
      if (language === 'ko') english.push(...(await englishOfForm(page)));
      expect(cut).toEqual([]);
      expect([...new Set(english)]).toEqual([]);
      expect(faults).toEqual([]);
      expect(problems).toEqual([]);
    },
    TEST_MS,
  );

  it('has no serious fault around them, in whatever colours', async () => {
    const { page } = demo;
    expect(await seriousFaults(page)).toEqual([]);
    for (const colours of EVERY_COLOURS) {
      await wear(page, colours);
      expect(await contrastFaults(page), `${colours.theme} ${colours.palette}`).toEqual([]);
    }
  });

  it('has no serious fault in the form of a bot, nor in the palette of commands', async () => {
    const { page } = demo;
    await page.getByTestId('tab-bots').first().click();
    await page.getByTestId('new-bot').click();
    await page.getByTestId('bot-form-more').locator('summary').click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByTestId('command-palette').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
