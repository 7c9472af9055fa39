import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { HubConnection } from '../support/hub-connection.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/serve-process.ts';
import { buildScreen, launchChromium, openServeShell, screenshotFolder } from './shells.ts';

type ServeShell = Awaited<ReturnType<typeof openServeShell>>;

/** What a suite has from before its first test to after its last; not there while it is collected. */
export interface DemoShell {
  readonly directory: TemporaryDirectory;
  readonly browser: Browser;
  readonly shell: ServeShell;
  readonly page: Page;
}

export interface DemoShellOptions {
  /** What a step on the page may take, in milliseconds. */
  readonly stepMs?: number;
  /** As of `ServeShellOptions`. */
  readonly hasMotion?: boolean;
}

/**
 * To be called in a `describe`: the demo exchange in serve mode, as at a user's first start, in a
 * browser and a data directory of its own.
 */
export function useDemoShell({ stepMs, hasMotion = false }: DemoShellOptions = {}): DemoShell {
  const directory = temporaryDirectory();
  const opened: { browser?: Browser; shell?: ServeShell } = {};

  beforeAll(async () => {
    mkdirSync(screenshotFolder, { recursive: true });
    await buildScreen();
    opened.browser = await launchChromium();
    opened.shell = await openServeShell({
      ...{ browser: opened.browser, dataDirectory: directory.path, feed: 'demo' },
      hasMotion,
    });
    if (stepMs !== undefined) opened.shell.page.setDefaultTimeout(stepMs);
  });
  afterAll(async () => {
    await opened.shell?.close();
    await opened.browser?.close();
    directory.remove();
  });

  return {
    directory,
    get browser() {
      return there(opened.browser);
    },
    get shell() {
      return there(opened.shell);
    },
    get page() {
      return there(opened.shell).page;
    },
  };
}

function there<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('asked for before the suite has begun');
  return part;
}

/**
 * Gives the demo's bot a position that its grid does not close by itself, as it may at any moment: no
 * multiple of what it trades, on the side that the bot can pay for as its grid stands.
 */
export async function holdOddLot({ shell, directory }: DemoShell): Promise<void> {
  const hub = await HubConnection.ofOwner(shell.url, directory.path);
  try {
    const { bots } = await hub.request('bots.list', {});
    const botId = bots.find(({ config }) => config.name === 'Demo grid')?.config.id ?? '';
    const order = { botId, type: 'market', quantity: '0.01' as DecimalString } as const;
    const sold = await hub.request('orders.place', { ...order, side: 'sell' });
    if (sold.status !== 'rejected') return;
    const bought = await hub.request('orders.place', { ...order, side: 'buy' });
    if (bought.status === 'rejected') throw new Error(`neither sold nor bought: ${bought.reason}`);
  } finally {
    hub.close();
  }
}

/** Chooses what the palette finds by these words; a command that asks something stays in it. */
export async function askOfCommand(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByTestId('command-palette').waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Runs the command that the palette finds by these words. */
export async function runCommand(page: Page, words: string): Promise<void> {
  await askOfCommand(page, words);
  await page.getByTestId('command-palette').waitFor({ state: 'detached' });
}
