import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const CLOCK_TICK_MS = 10;

export interface BrowserProcess {
  readonly kind: string;
  readonly pid: number;
}

/** The processes of a browser: `renderer` for each page, `GPU` for what composes their pictures. */
export async function browserProcesses(browser: Browser): Promise<readonly BrowserProcess[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.map(({ type, id }) => ({ kind: type, pid: id }));
}

/** User and system time of a process, milliseconds; zero where it has ended. */
export function cpuTimeMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
  } catch {
    return 0;
  }
}
