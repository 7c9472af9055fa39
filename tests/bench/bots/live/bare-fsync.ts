import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram, type Percentiles } from '../../hub/clients/histogram.ts';
import { monotonicMs } from './monotonic.ts';

const PAGE_BYTES = 4_096;
const PAUSE_MS = 20;

/** What this disk takes for the least that can be made durable: one page, written and flushed. */
export async function measureBareFsync(folder: string, times: number): Promise<Percentiles> {
  const page = Buffer.alloc(PAGE_BYTES, 1);
  const file = openSync(join(folder, 'bare'), 'w');
  const took = new Histogram();
  for (let index = 0; index < times; index += 1) {
    const begunMs = monotonicMs();
    writeSync(file, page);
    fdatasyncSync(file);
    took.add(monotonicMs() - begunMs);
    await sleep(PAUSE_MS);
  }
  closeSync(file);
  return took.read();
}
