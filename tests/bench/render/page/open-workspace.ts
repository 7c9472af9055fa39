import type { Browser, BrowserContext, Page } from 'playwright-core';
import { firstCandle } from '../../../e2e/shells.ts';
import type { BusyMonitor } from '../market/start-busy-monitor.ts';
import type { NaiveTerms } from '../naive/naive-hub.ts';

/** What one screen is made of, bundled. */
export interface NaivePage {
  readonly script: string;
  readonly style: string;
}

interface NaiveWay extends NaivePage {
  readonly terms: NaiveTerms;
  readonly prepare: Prepare;
}

const SCREEN = { width: 1_920, height: 1_080 };
const NAIVE_PATH = '/naive-workspace';

/** A page that has begun to show trades, in a context of its own: close the context to end it. */
export interface OpenWorkspace {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** `prepare` comes before the page's own scripts. */
type Prepare = (context: BrowserContext) => Promise<unknown>;

/** Our screen in its first layout: watchlist, chart, bots, book and tape. */
export async function openOurs(
  browser: Browser,
  monitor: BusyMonitor,
  prepare: Prepare,
): Promise<OpenWorkspace> {
  const context = await browser.newContext({ viewport: SCREEN });
  await prepare(context);
  const page = await context.newPage();
  await page.goto(await monitor.openUrl());
  await firstCandle(page);
  return shown({ context, page });
}

/** The naive screen, at an address of the same hub that only the browser knows. */
export async function openNaive(
  browser: Browser,
  monitor: BusyMonitor,
  { script, style, terms, prepare }: NaiveWay,
): Promise<OpenWorkspace> {
  const context = await browser.newContext({ viewport: SCREEN });
  await prepare(context);
  const body = [
    `<!doctype html><meta charset="utf-8"><style>${style}</style><body>`,
    `<script>window.naive = ${JSON.stringify(terms)}</script>`,
    `<script>${script.replaceAll('</script', '<\\/script')}</script>`,
  ].join('\n');
  await context.route(`${monitor.url}${NAIVE_PATH}`, (route) =>
    route.fulfill({ contentType: 'text/html', body }),
  );
  // A page that the browser was given by a program counts as one from anywhere.
  await context.grantPermissions(['local-network-access'], { origin: monitor.url });
  const page = await context.newPage();
  await page.goto(`${monitor.url}${NAIVE_PATH}`);
  return shown({ context, page });
}

async function shown(opened: OpenWorkspace): Promise<OpenWorkspace> {
  await opened.page.locator('[data-trade-id]').first().waitFor();
  return opened;
}
