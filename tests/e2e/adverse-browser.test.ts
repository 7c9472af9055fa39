import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { ChartOnScreen } from './chart-panel.ts';
import { useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 25_000;

describe.skipIf(!hasChromium)(`where not all is as it should be${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });

  it('shows nothing as live that comes from a hub which hangs, and goes on when it does', async () => {
    const { page, shell } = demo;
    await shell.whileHung(async () => {
      await page.getByTestId('connection-banner').filter({ hasText: 'No answer since' }).waitFor();
      await page.getByTestId('feeds-state').filter({ hasText: 'not live' }).waitFor();
      await page.screenshot({ path: join(screenshotFolder, 'hub-hangs.png') });
    });
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
    await page.getByTestId('feeds-state').filter({ hasText: 'live' }).waitFor();
    expect(shell.problems).toEqual([]);
  });

  it('does without what a page over plain HTTP, or in Safari, does not have', async () => {
    const page = await demo.page.context().newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'requestIdleCallback');
      Reflect.deleteProperty(Crypto.prototype, 'randomUUID');
      for (const name of ['locks', 'clipboard']) {
        Object.defineProperty(navigator, name, { value: undefined });
      }
    });
    await page.goto(demo.shell.url);
    await firstCandle(page);
    await page.getByTestId('chart-indicators').click();
    await page.getByTestId('add-indicator-rsi').click();
    await page.getByTestId('chosen-rsi').waitFor();
    await page.keyboard.press('Escape');
    const chart = new ChartOnScreen(page);
    for (const item of ['menu-level', 'menu-copy']) {
      await page.mouse.click(...(await chart.at(0.3, 0.3)), { button: 'right' });
      await page.getByTestId(item).click();
    }
    await page.getByRole('alert').filter({ hasText: 'does not let this page copy' }).waitFor();
    const isFetched = () =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.includes('journal-panel')),
      );
    await eventually(isFetched, (is) => is);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('leaves nothing of the bars out of reach on a page 320 pixels wide, nor scrolls it aside', async () => {
    const page = await demo.page.context().newPage();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(demo.shell.url);
    await page.getByTestId('feeds-state').filter({ hasText: 'live' }).waitFor();
    const ends = await page
      .getByRole('banner')
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().right));
    expect(ends.length).toBeGreaterThan(5);
    expect(Math.max(...ends)).toBeLessThanOrEqual(320);
    const status = page.getByRole('contentinfo').locator('span');
    const edges = await status.evaluateAll((parts) =>
      parts
        .map((part) => part.getBoundingClientRect())
        .map(({ right, bottom }) => ({ right, bottom })),
    );
    expect(edges.length).toBeGreaterThan(10);
    expect(Math.max(...edges.map(({ right }) => right))).toBeLessThanOrEqual(320);
    expect(Math.max(...edges.map(({ bottom }) => bottom))).toBeLessThanOrEqual(640);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.screenshot({ path: join(screenshotFolder, 'narrow.png') });
    await page.close();
  });

  it('shows what is chosen where the system forces its own colours', async () => {
    const page = await demo.page.context().newPage();
    await page.emulateMedia({ forcedColors: 'active' });
    await page.goto(demo.shell.url);
    await firstCandle(page);
    const chosen = page.locator('[aria-selected="true"]:visible');
    const edges = await chosen.evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).outlineStyle),
    );
    expect(edges.length).toBeGreaterThan(2);
    expect(new Set(edges)).toEqual(new Set(['solid']));
    await page.screenshot({ path: join(screenshotFolder, 'forced-colours.png') });
    await page.close();
  });

  it('polls where a proxy cuts each WebSocket as soon as it is there', async () => {
    const page = await demo.page.context().newPage();
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.goto(demo.shell.url);
    await page.getByTestId('connection-state').filter({ hasText: 'Connected' }).waitFor();
    await firstCandle(page);
    await page.close();
  });
});
