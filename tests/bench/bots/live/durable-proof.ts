import { spawnSync } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from '../../../support/serve-process.ts';
import { BenchProcess } from '../../hub/bench-process.ts';
import type { LiveCommand, LiveReading } from './live-reading.ts';
import { TracedOrder } from './traced-order.ts';
import type { WindowReading } from './window-process.ts';

const CALLS = 'pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg';
/** Of a write that is kept: more than a flush's worth of pushes. */
const MOST_TEXT = 65_536;

/**
 * The same monitor with every write and flush of its recorded by strace, which makes it slow: so it is
 * no measurement of time, but of what came before what.
 */
export async function proveDurable(seconds: number): Promise<object> {
  if (spawnSync('strace', ['-V']).status !== 0) return { leftOut: 'no strace on this machine' };
  const directory = temporaryDirectory();
  const log = join(directory.path, 'calls');
  const tracer = ['-f', '--seccomp-bpf', '-y', '-s', String(MOST_TEXT), '-e', `trace=${CALLS}`];
  const server = BenchProcess.start<LiveCommand, LiveReading>(
    '../bots/live/monitor-process.ts',
    {},
    [directory.path],
    ['strace', ...tracer, '-o', log],
  );
  const { url, token } = await server.next<{ url: string; token: string }>();
  const window = BenchProcess.start<object, WindowReading>('../bots/live/window-process.ts', {}, [
    url,
    token,
    join(directory.path, 'ledger.db'),
    'fills',
  ]);
  await window.next<string>();
  await sleep(seconds * 1_000);
  const { heard, notOnDisk } = await window.ask({});
  await window.stop();
  await server.stop();
  const order = new TracedOrder();
  for await (const line of createInterface({ input: createReadStream(log) })) order.takeLine(line);
  const logBytes = statSync(log).size;
  directory.remove();
  const summary = order.summary();
  if (summary.fillsTold === 0) throw new Error('nothing was told, so nothing is proven');
  return { ...summary, heard: heard.length, heardBeforeOnDisk: notOnDisk, logBytes };
}
