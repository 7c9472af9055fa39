import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import {
  buildScreen,
  hasChromium,
  launchChromium,
  needsChromium,
  openServeShell,
  type Shell,
  screenshotFolder,
} from './shells.ts';

describe.skipIf(!hasChromium)(`the desk${needsChromium}`, () => {
  const directory = temporaryDirectory();
  let browser: Browser;
  let shell: Shell & { url: string };
  let guest: HubConnection;
  const announced: unknown[] = [];

  beforeAll(async () => {
    mkdirSync(screenshotFolder, { recursive: true });
    await buildScreen();
    browser = await launchChromium();
    shell = await openServeShell({ browser, dataDirectory: directory.path, feed: 'demo' });
    const owner = await HubConnection.ofOwner(shell.url, directory.path);
    const issued = await owner.request('tokens.issue', {
      userId: 'ann',
      scopes: ['read'],
      expiresInSeconds: 3_600,
    });
    owner.close();
    guest = await HubConnection.connect(shell.url, issued.token);
    guest.socket.on('announcement', (payload) => announced.push(payload));
    await guest.subscribe('announcement');
  });
  afterAll(async () => {
    guest.close();
    await shell.close();
    await browser.close();
    directory.remove();
  });

  it('announces to everyone from the screen', async () => {
    const { page } = shell;
    await page.getByRole('tab', { name: /Desk/ }).click();
    await page.getByTestId('announcement-severity').selectOption('warning');
    await page.getByTestId('announcement').fill('Maintenance at 18:00 UTC');
    await page.getByTestId('announcement').press('Enter');
    await page.getByTestId('announcement-line').first().waitFor();
    expect(await page.getByTestId('announcement-line').first().innerText()).toContain(
      'Maintenance',
    );
    await eventually(
      () => announced,
      (all) => all.length === 1,
    );
    expect(announced).toMatchObject([{ title: 'Maintenance at 18:00 UTC', severity: 'warning' }]);
    expect(await page.getByTestId('announcement').inputValue()).toBe('');
  });

  it.each(['info', 'critical'])('shows one that is %s as well', async (severity) => {
    const { page } = shell;
    const lines = page.getByTestId('announcement-line');
    const before = await lines.count();
    await page.getByTestId('announcement-severity').selectOption(severity);
    await page.getByTestId('announcement').fill(`This is ${severity}`);
    await page.getByTestId('announcement').press('Enter');
    await eventually(
      () => lines.count(),
      (count) => count === before + 1,
    );
    expect(await lines.first().innerText()).toContain(`This is ${severity}`);
  });

  it('shows who is there, and carries what is said both ways', async () => {
    const { page } = shell;
    const heard: unknown[] = [];
    guest.socket.on('desk:message', ({ userId, text }) => heard.push([userId, text]));
    await guest.call('desk:join', { room: 'lobby' });
    const presence = () => page.getByTestId('desk-presence').innerText();
    await eventually(presence, (text) => text.includes('ann') && text.includes('owner'));
    await guest.call('desk:send', { room: 'lobby', text: '<b>hello</b>' });
    await eventually(
      () => page.getByTestId('desk-message').count(),
      (count) => count === 1,
    );
    expect(await page.getByTestId('desk-message').innerText()).toContain('<b>hello</b>');
    await page.getByTestId('desk-text').fill('Hello Ann');
    await page.getByTestId('desk-text-send').click();
    await eventually(
      () => heard,
      (lines) => lines.length === 2,
    );
    expect(heard).toEqual([
      ['ann', '<b>hello</b>'],
      ['owner', 'Hello Ann'],
    ]);
    await page.screenshot({ path: join(screenshotFolder, 'desk.png') });
  });

  it('is there again after the hub was killed, and enters the room again', async () => {
    const { page } = shell;
    await shell.crashAndRestart();
    await eventually(
      () => page.getByTestId('desk-presence').innerText(),
      (text) => text === 'Here: owner',
    );
    expect(await page.getByTestId('desk-message').count()).toBe(2);
    expect(await page.getByTestId('announcement-line').count()).toBe(3);
    await page.getByRole('tab', { name: /Bots/ }).click();
    expect(shell.problems).toEqual([]);
  });
});
