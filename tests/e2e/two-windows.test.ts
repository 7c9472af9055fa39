import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium } from './shells.ts';

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

  /** As one turns from one tab to the other. */
  const turnTo = (tab: Page) => tab.evaluate(() => window.dispatchEvent(new Event('focus')));
  const together = async () => {
    const { page } = demo;
    const other = await page.context().newPage();
    await other.goto(page.url());
    await firstCandle(other);
    return { page, other };
  };
  const is = (field: Locator, wanted: string) =>
    eventually(
      () => field.inputValue(),
      (value) => value === wanted,
    );

  it('keep what either of them has changed of an alert rule, and say where both changed the same', async () => {
    const { page, other } = await together();
    for (const window of [page, other]) await runCommand(window, 'show alerts');
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-name').fill('Near the high');
    await page.getByTestId('rule-threshold').fill('60000');
    await page.getByTestId('rule-submit').click();
    for (const window of [page, other]) {
      await window.getByTestId('tab-rules').click();
      await window.getByRole('button', { name: 'Edit Near the high' }).click();
    }
    const form = other.getByTestId('rule-form');
    await other.getByTestId('rule-name').fill('Near the top');
    await page.getByTestId('rule-threshold').fill('65000');
    await page.getByTestId('rule-submit').click();
    await is(other.getByTestId('rule-threshold'), '65000');
    expect(await form.getByRole('alert').innerText()).toBe('');
    await other.getByTestId('rule-threshold').fill('66000');
    await page.getByRole('button', { name: 'Edit Near the high' }).click();
    await page.getByTestId('rule-threshold').fill('67000');
    await page.getByTestId('rule-submit').click();
    await form.getByText('Another window has changed the same meanwhile').waitFor();
    await other.getByTestId('rule-submit').click();
    await page.getByTestId('alert-rule').filter({ hasText: 'Near the top' }).waitFor();
    const rule = page.getByTestId('alert-rule').filter({ hasText: 'Near the top' });
    expect(await rule.innerText()).toContain('66,000');
    await other.close();
  });

  it('make no new rule of one that was removed elsewhere while it was edited', async () => {
    const { page, other } = await together();
    for (const window of [page, other]) await runCommand(window, 'show alerts');
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-name').fill('Soon gone');
    await page.getByTestId('rule-threshold').fill('60000');
    await page.getByTestId('rule-submit').click();
    for (const window of [page, other]) await window.getByTestId('tab-rules').click();
    await other.getByRole('button', { name: 'Edit Soon gone' }).click();
    await other.getByTestId('rule-threshold').fill('61000');
    await page.getByRole('button', { name: 'Delete Soon gone' }).click();
    const rules = page.getByTestId('alert-rule').filter({ hasText: 'Soon gone' });
    await rules.waitFor({ state: 'detached' });
    const form = other.getByTestId('rule-form');
    await form.getByText('Edit Soon gone').waitFor();
    await other.getByTestId('rule-submit').click();
    await eventually(
      () => form.getByRole('alert').innerText(),
      (text) => text !== '',
    );
    expect(await rules.count()).toBe(0);
    await other.close();
  });

  it('keep what either of them has changed of a bot, and show it when one turns to the other', async () => {
    const { page, other } = await together();
    for (const window of [page, other]) {
      await runCommand(window, 'show bots');
      await window.getByTestId('bots-table').getByText('Demo grid').click();
      await window.getByRole('button', { name: 'Edit Demo grid' }).click();
    }
    await page.getByTestId('bot-field-takerFeeBps').fill('7');
    await page.getByTestId('bot-form-submit').click();
    await page.getByTestId('bot-form').waitFor({ state: 'detached' });
    await other.getByTestId('bot-field-name').fill('My grid');
    await other.getByTestId('bot-form-submit').click();
    await other.getByTestId('bots-table').getByText('My grid').waitFor();
    await turnTo(page);
    await page.getByTestId('bots-table').getByText('My grid').waitFor();
    await page.getByRole('button', { name: 'Edit My grid' }).click();
    expect(await page.getByTestId('bot-field-takerFeeBps').inputValue()).toBe('7');
    await page.getByTestId('bot-form-cancel').click();
    await other.close();
  });

  it('keep what either of them has changed of the limits of the hub', async () => {
    const { page, other } = await together();
    for (const window of [page, other]) {
      await runCommand(window, 'settings');
      await window.getByTestId('limit-connections').waitFor();
    }
    const field = (window: Page, name: string) =>
      window.getByTestId(`limit-${name}`).locator('input');
    const keep = async (window: Page, name: string, value: string) => {
      await field(window, name).fill(value);
      await field(window, name).press('Enter');
    };
    await keep(page, 'connections', '5000');
    await eventually(
      () => page.getByTestId('limit-reset-connections').isEnabled(),
      (is) => is,
    );
    await keep(other, 'subscriptionsPerConnection', '300');
    await is(field(other, 'connections'), '5000');
    await turnTo(page);
    await is(field(page, 'subscriptionsPerConnection'), '300');
    await other.close();
  });

  it('keep what is typed of a note that the other one changes or removes, and say so', async () => {
    const { page, other } = await together();
    const note = (window: Page, text: string) =>
      window.getByTestId('journal-note').filter({ hasText: text });
    const write = async (window: Page, text: string) => {
      await window.getByTestId('journal-text').fill(text);
      await window.getByTestId('journal-write').click();
      await note(window, text).waitFor();
    };
    for (const window of [page, other]) {
      await runCommand(window, 'show journal');
      await window.getByLabel('with a picture of the chart').uncheck();
    }
    await write(page, 'Bought at noon');
    await turnTo(other);
    await note(other, 'Bought at noon').getByTestId('journal-edit').click();
    const typed = other.getByTestId('journal-note-text');
    await typed.fill('Bought too late');
    await note(page, 'Bought at noon').getByTestId('journal-edit').click();
    await page.getByTestId('journal-note-text').fill('Bought too early');
    await page.getByTestId('journal-keep').click();
    await note(page, 'Bought too early').waitFor();
    await turnTo(other);
    await other.getByText('Another window has changed the same meanwhile').waitFor();
    expect(await typed.inputValue()).toBe('Bought too late');
    await note(page, 'Bought too early').getByTestId('journal-remove').click();
    await page.getByRole('button', { name: 'Remove it?' }).click();
    await note(page, 'Bought too early').waitFor({ state: 'detached' });
    await write(other, 'Written meanwhile');
    expect(await typed.inputValue()).toBe('Bought too late');
    await other.getByTestId('journal-keep').click();
    await other.getByTestId('journal-notes').getByText('There is no note').waitFor();
    await other.getByTestId('journal-cancel').click();
    await eventually(
      () => note(other, '').count(),
      (count) => count === 1,
    );
    await other.close();
  });

  it('say in chart, book and tape that the other one has removed the feed, and have them again', async () => {
    const { page, other } = await together();
    const panels = ['chart', 'order-book', 'tape'].map((id) => other.getByTestId(id));
    await page.getByTestId('feeds-state').click();
    await page.getByRole('button', { name: 'Remove feed demo' }).click();
    const saysSo = (panel: Locator) => panel.getByText('No feed carries this instrument any more');
    for (const panel of panels) await saysSo(panel).waitFor();
    await page.getByTestId('notice').getByRole('button', { name: 'Undo' }).click();
    for (const panel of panels) await saysSo(panel).waitFor({ state: 'detached' });
    await other.getByTestId('tape-row').first().waitFor();
    await other.close();
  });
});
