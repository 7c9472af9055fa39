import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { buildScreen, firstCandle, hasChromium, launchChromium } from '../../e2e/shells.ts';
import { HubConnection } from '../../support/hub-connection.ts';
import { startServe, temporaryDirectory } from '../../support/serve-process.ts';
import { BenchProcess } from '../hub/bench-process.ts';
import { cpuTimeMs } from '../render/page/process-time.ts';
import { median } from '../render/scenario.ts';
import { LongTasks } from './long-tasks.ts';
import type { SocketAnswer, SocketCommand } from './socket-process.ts';

/**
 * The inspector of clients and channels while so many sockets are open: what each thing that one does
 * with it takes until the screen shows it. Ends by itself after two minutes, whatever happens.
 */
const CONNECTIONS = 10_000;
const USERS = 100;
const TAKES = 5;
const SCROLL_MS = 10_000;
const MOST_MS = 120_000;
const SCRIPT = '../inspector/socket-process.ts';

const sleep = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** A string that the page evaluates, true once it shows what is waited for. */
type Shown = (turn: number) => string;

/** From before `act` until the page has drawn what is waited for, milliseconds, of some turns. */
async function take(page: Page, act: (turn: number) => Promise<void>, isShown: Shown) {
  const times: number[] = [];
  for (let turn = 0; turn < TAKES; turn += 1) {
    const began = performance.now();
    await act(turn);
    await page.waitForFunction(isShown(turn), undefined, { polling: 'raf' });
    times.push(performance.now() - began);
  }
  return { medianMs: Math.round(median(times)), longestMs: Math.round(Math.max(...times)) };
}

const rowsOf = (table: string) =>
  `[...document.querySelectorAll('[data-testid="${table}"] tbody tr')]`;
const CLIENTS = rowsOf('clients-table');
const CHANNELS = rowsOf('channels-table');
const COUNT = `document.querySelector('[data-testid="clients-count"]').textContent`;
/** The first cell of every row has this in it. */
const allHave = (rows: string, text: string) =>
  `${rows}.length > 0 && ${rows}.every((row) => row.cells[0].innerText.includes('${text}'))`;

export async function benchInspector([count]: readonly string[]): Promise<object> {
  if (!hasChromium) return { leftOut: 'no Chromium: install the package chromium' };
  await buildScreen();
  const connections = Number(count ?? CONNECTIONS);
  const directory = temporaryDirectory();
  const limits = { connections: 2 * connections, connectionsPerUser: connections };
  writeFileSync(join(directory.path, 'hub-limits.json'), JSON.stringify(limits));
  const serving = await startServe([
    ...['--port', '0', '--data-dir', directory.path, '--feed', 'demo'],
  ]);
  const sockets = BenchProcess.start<SocketCommand, SocketAnswer>(SCRIPT);
  const browser = await launchChromium();
  const stop = async () => {
    await browser.close();
    await sockets.stop('SIGKILL');
    await serving.stop();
    directory.remove();
  };
  const guard = setTimeout(() => void stop(), MOST_MS);
  try {
    const port = Number(new URL(serving.url).port);
    const tokens = await issueTokens(serving.url, serving.token);
    const joining = performance.now();
    const { open } = await sockets.ask({ port, tokens, connections });
    const joinedMs = Math.round(performance.now() - joining);
    const page = await browser.newPage({
      viewport: { width: 1_920, height: 1_080 },
      // What is waited for is evaluated in the page.
      bypassCSP: true,
    });
    await page.goto(serving.openUrl);
    await firstCandle(page);
    const tasks = await LongTasks.watch(page);
    const cpuBefore = cpuTimeMs(serving.pid);
    const measured = await goThrough(page, open);
    const cpu = cpuTimeMs(serving.pid) - cpuBefore;
    return {
      ...{ connections: open, users: USERS, joinedMs, ...measured },
      longTasks: await tasks.read(),
      monitorCpuShare: Number((cpu / (performance.now() - joining - joinedMs)).toFixed(2)),
      load: loadavg().map((one) => Number(one.toFixed(1))),
    };
  } finally {
    clearTimeout(guard);
    await stop();
  }
}

async function issueTokens(url: string, token: string): Promise<readonly string[]> {
  const owner = await HubConnection.connect(url, token);
  const tokens: string[] = [];
  for (let user = 0; user < USERS; user += 1) {
    const { token: issued } = await owner.request('tokens.issue', {
      ...{ userId: `user-${user}`, scopes: ['read'], expiresInSeconds: 3_600 },
    });
    tokens.push(issued);
    // The hub answers so many requests a second, of one who has not just come back.
    if (user % 10 === 9) await sleep(50);
  }
  owner.close();
  return tokens;
}

async function goThrough(page: Page, open: number): Promise<object> {
  await page.getByTestId('add-panel').click();
  await page.getByTestId('add-panel-health').click();
  const panel = page.locator('[data-testid^="panel-health"]');
  const openTab = async (index: number) => {
    await panel.getByRole('tab').first().click();
    await panel.getByRole('tab').nth(index).click();
  };
  const search = page.getByTestId('clients-search');
  const channelSearch = page.getByTestId('channels-search');
  // Those, and the page.
  const told = (open + 1).toLocaleString('en-US');
  const opened = await take(
    page,
    () => openTab(1),
    () => `${CLIENTS}.length === 100 && ${COUNT}.includes('${told}')`,
  );
  const nextPage = await take(
    page,
    () => page.getByTestId('clients-next').click(),
    (turn) => `${COUNT}.startsWith('${turn + 1}01')`,
  );
  // By user from A on, then from Z on, then as they came, and again.
  const isFirst = ["=== 'owner'", "=== 'user-99'", "!== 'user-99'"];
  const sorted = await take(
    page,
    () => panel.getByTestId('sort-user').click(),
    (turn) => `${CLIENTS}[0].cells[0].innerText ${isFirst[turn % isFirst.length]}`,
  );
  const filtered = await take(
    page,
    (turn) => search.fill(`user-${turn + 11}`),
    (turn) => allHave(CLIENTS, `user-${turn + 11}`),
  );
  await search.fill('');
  const scrolled = await scroll(page, panel.getByRole('tabpanel'));
  const channels = await take(
    page,
    () => openTab(2),
    () => `${CHANNELS}.length === 200`,
  );
  const channelsFiltered = await take(
    page,
    (turn) => channelSearch.fill(`room-${turn + 1}7`),
    (turn) => allHave(CHANNELS, `room-${turn + 1}7`),
  );
  return { opened, nextPage, sorted, filtered, scrolled, channels, channelsFiltered };
}

/** Scrolls through the rows while they are asked for anew, and counts the frames. */
async function scroll(page: Page, rows: Locator): Promise<object> {
  await page.evaluate(() => {
    const counted = window as unknown as { frames: number };
    counted.frames = 0;
    const count = () => {
      counted.frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await rows.hover();
  const began = performance.now();
  for (let turn = 0; performance.now() - began < SCROLL_MS; turn += 1) {
    await page.mouse.wheel(0, turn % 40 < 20 ? 120 : -120);
    await sleep(50);
  }
  const frames = await page.evaluate(() => (window as unknown as { frames: number }).frames);
  return { framesPerSecond: Math.round(frames / ((performance.now() - began) / 1_000)) };
}
