import { describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium } from './shells.ts';

const STEP_MS = 15_000;

describe.skipIf(!hasChromium)(`two windows of one user${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });

  it('show as read what either of them has read, at once', async () => {
    const { page } = demo;
    const other = await page.context().newPage();
    await other.goto(page.url());
    const item = (window: typeof page) =>
      window.getByTestId('notification-item').filter({ hasText: 'Maintenance at noon' });
    const announce = async (text: string) => {
      await runCommand(page, 'announce something');
      await eventually(
        () => page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
        (id) => id === 'announcement',
      );
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    };
    const isRead = (window: typeof page) => item(window).getAttribute('data-read');
    await announce('Maintenance at noon');
    for (const window of [page, other]) {
      await window.getByTestId('notification-bell').click();
      await item(window).waitFor();
      expect(await isRead(window)).toBe('false');
    }
    await item(page).click();
    await eventually(
      () => isRead(other),
      (read) => read === 'true',
    );
    await announce('And at midnight');
    const unread = () => page.getByTestId('notification-bell').innerText();
    await eventually(unread, (count) => count !== '0');
    await runCommand(other, 'mark all notifications');
    await eventually(unread, (count) => count === '0');
    await other.close();
    expect(demo.shell.problems).toEqual([]);
  });
});
