import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Browser } from 'playwright-core';
import { firstCandle, hasChromium, launchChromium } from '../e2e/shells.ts';
import { projectRoot, temporaryDirectory } from '../support/serve-process.ts';
import { cpuTimeMs } from './render/page/process-time.ts';

/**
 * From `npm start` to the first painted candle of the demo exchange, cold data directory each time,
 * and what share of a core the monitor takes with one window open.
 */
const ROUNDS = 5;
const SETTLE_MS = 5_000;
const CPU_SAMPLE_MS = 30_000;

interface Round {
  readonly readyMs: number;
  readonly firstCandleMs: number;
}

const sleep = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

async function measureStart(
  browser: Browser,
  measureCpu: boolean,
): Promise<Round & { cpu: number }> {
  const directory = temporaryDirectory();
  const began = performance.now();
  const args = [
    'start',
    '--silent',
    '--',
    '--port',
    '0',
    '--no-open',
    '--data-dir',
    directory.path,
  ];
  const child = spawn('npm', args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'ignore'] });
  const line = await new Promise<string>((done) =>
    createInterface({ input: child.stdout }).once('line', done),
  );
  const { openUrl, pid } = JSON.parse(line) as { openUrl: string; pid: number };
  const readyMs = performance.now() - began;
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 } });
  const page = await context.newPage();
  await page.goto(openUrl);
  await firstCandle(page);
  const firstCandleMs = performance.now() - began;
  let cpu = Number.NaN;
  if (measureCpu) {
    await sleep(SETTLE_MS);
    const before = cpuTimeMs(pid);
    await sleep(CPU_SAMPLE_MS);
    cpu = (cpuTimeMs(pid) - before) / CPU_SAMPLE_MS;
  }
  await context.close();
  const ended = new Promise((done) => child.once('exit', done));
  process.kill(pid, 'SIGTERM');
  await ended;
  directory.remove();
  return { readyMs: Math.round(readyMs), firstCandleMs: Math.round(firstCandleMs), cpu };
}

export async function benchStart(): Promise<object> {
  if (!hasChromium) return { leftOut: 'no Chromium: install the package chromium' };
  const browser = await launchChromium();
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await measureStart(browser, round === ROUNDS - 1));
  }
  await browser.close();
  const sorted = rounds.map(({ firstCandleMs }) => firstCandleMs).sort((a, b) => a - b);
  return {
    rounds: rounds.map(({ readyMs, firstCandleMs }) => ({ readyMs, firstCandleMs })),
    firstCandleMedianMs: sorted[Math.floor(sorted.length / 2)],
    shareOfACore: rounds.at(-1)?.cpu,
  };
}
