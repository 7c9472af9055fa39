import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Browser, chromium, type Page } from 'playwright-core';
import { ensureBuild } from '../../scripts/build.ts';
import { findElectron } from '../../scripts/electron-runtime.ts';
import { projectRoot, type ServeProcess, startServe } from '../support/serve-process.ts';

const SCREEN = { width: 1280, height: 800 };
const FIRST_CANDLE_TIMEOUT_MS = 20_000;

const chromiumPath = process.env['TAPEDECK_CHROMIUM'] ?? '/usr/bin/chromium';
const electronPath = findElectron(projectRoot, process.env);
const hasDisplay = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

export const hasChromium = existsSync(chromiumPath);
export const needsChromium = hasChromium
  ? ''
  : ' (left out: no Chromium; install the package chromium, or name one in TAPEDECK_CHROMIUM)';
export const hasElectron =
  electronPath !== null &&
  (process.platform !== 'linux' || (hasDisplay && process.getuid?.() !== 0));
export const needsElectron = hasElectron
  ? ''
  : ' (left out: Electron’s runtime is not here, or cannot open a window)';

/** A shell that the same suite runs in. */
export interface Shell {
  readonly page: Page;
  /** What the page said was wrong, security policy violations among it. */
  readonly problems: readonly string[];
  /** Ends the monitor like a power failure, and starts it again on the same data: after `meanwhile`, where given. */
  crashAndRestart(meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The screen is shown as it would be to a user: building it is part of the suite. */
export async function buildScreen(): Promise<void> {
  const failure = await ensureBuild(projectRoot);
  if (failure !== null) throw new Error(failure);
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface ServeShellOptions {
  readonly browser: Browser;
  readonly dataDirectory: string;
  /** Without it the monitor starts as at a user's first start, or with what was kept since. */
  readonly feed?: string;
  /** Further options of the command. */
  readonly args?: readonly string[];
  readonly screen?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'dark' | 'light';
  /**
   * Whether what has changed fades, as it does unless a user wants less motion. Most suites look at what is
   * shown, and drawing that is a fifth of the browser's work.
   */
  readonly hasMotion?: boolean;
}

interface ServeShell extends Shell {
  readonly url: string;
  /** The monitor hangs meanwhile: it does nothing, and its connections stand. */
  whileHung(work: () => Promise<void>): Promise<void>;
}

/** Serve mode in a browser. */
export async function openServeShell(options: ServeShellOptions): Promise<ServeShell> {
  const { browser, dataDirectory, feed, args = [] } = options;
  const { screen = SCREEN, colorScheme = 'dark', hasMotion = false } = options;
  const reducedMotion = hasMotion ? 'no-preference' : 'reduce';
  const feeds = feed === undefined ? [] : ['--feed', feed];
  const start = (port: string): Promise<ServeProcess> =>
    startServe(['--port', port, '--data-dir', dataDirectory, ...feeds, ...args]);
  let serving = await start('0');
  const context = await browser.newContext({ viewport: screen, colorScheme, reducedMotion });
  await context.grantPermissions(['notifications'], { origin: serving.url });
  const page = await context.newPage();
  const { problems, duringCrash } = watchProblems(page);
  await page.goto(serving.openUrl);
  await firstCandle(page);
  return {
    page,
    problems,
    url: serving.url,
    crashAndRestart: (meanwhile) =>
      duringCrash(async () => {
        await serving.stop('SIGKILL');
        await page.getByTestId('connection-banner').waitFor();
        try {
          await meanwhile?.();
        } finally {
          serving = await start(new URL(serving.url).port);
        }
      }),
    whileHung: async (work) => {
      process.kill(serving.pid, 'SIGSTOP');
      try {
        await work();
      } finally {
        process.kill(serving.pid, 'SIGCONT');
      }
    },
    close: async () => {
      await context.close();
      await serving.stop();
    },
  };
}

/** The desktop app itself. It has the demo exchange, as at a user's first start. */
export async function openElectronShell(dataDirectory: string): Promise<Shell> {
  const launch = () =>
    _electron.launch({
      executablePath: electronPath ?? 'electron',
      args: [projectRoot, `--user-data-dir=${dataDirectory}`],
    });
  let app = await launch();
  const shell = {
    page: await app.firstWindow(),
    problems: [] as string[],
    crashAndRestart: async (meanwhile?: () => Promise<void>) => {
      app.process().kill('SIGKILL');
      await meanwhile?.();
      app = await launch();
      shell.page = await app.firstWindow();
      await firstCandle(shell.page);
    },
    close: () => app.close(),
  };
  shell.problems = watchProblems(shell.page).problems;
  await firstCandle(shell.page);
  return shell;
}

export async function firstCandle(page: Page): Promise<void> {
  await page.waitForSelector('html[data-first-candle="1"]', {
    state: 'attached',
    timeout: FIRST_CANDLE_TIMEOUT_MS,
  });
}

const LOST_CONNECTION = /ERR_CONNECTION|WebSocket|ERR_EMPTY_RESPONSE/;
const CUT_OFF = /ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING/;

interface Watched {
  readonly problems: string[];
  /** While it runs, an answer may also end in its middle: who gave it is killed. */
  duringCrash<T>(work: () => Promise<T>): Promise<T>;
}

/** A lost connection is what a test does on purpose; all else that the console calls an error is one. */
function watchProblems(page: Page): Watched {
  const problems: string[] = [];
  let isCrashing = false;
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    const isOnPurpose = LOST_CONNECTION.test(text) || (isCrashing && CUT_OFF.test(text));
    if (message.type() !== 'error' || isOnPurpose) return;
    const { url } = message.location();
    problems.push(url === '' ? text : `${text} (${url})`);
  });
  return {
    problems,
    duringCrash: async (work) => {
      isCrashing = true;
      try {
        return await work();
      } finally {
        isCrashing = false;
      }
    },
  };
}

export const screenshotFolder = join(projectRoot, 'tests/e2e/output');
