import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CpuShare, cpuShareOf } from './cpu-share.ts';

export interface KilledRun {
  /** What the process said on stdout, whole lines only. */
  readonly lines: readonly string[];
  /** Just before the kill, epoch milliseconds. */
  readonly killedAt: number;
  readonly cpu: CpuShare;
  /** It ended by itself before the kill. */
  readonly hasEnded: boolean;
}

export interface KillOptions {
  /** Relative to this folder. */
  readonly script: string;
  readonly args: readonly string[];
  /** From its first line on. */
  readonly killAfterMs: number;
}

/** Starts a script, waits for its first line, and kills it (SIGKILL) some time after. */
export async function runUntilKilled(options: KillOptions): Promise<KilledRun> {
  const path = fileURLToPath(new URL(options.script, import.meta.url));
  const child = spawn(process.execPath, [path, ...options.args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  const ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
  await Promise.race([once(output, 'line'), ended]);
  await Promise.race([sleep(options.killAfterMs), ended]);
  const hasEnded = child.exitCode !== null;
  const cpu = cpuShareOf(child.pid ?? 0);
  const killedAt = Date.now();
  child.kill('SIGKILL');
  await ended;
  // The kill may have cut the last line short.
  return {
    lines: hasEnded ? lines : lines.filter((line) => line.endsWith(END)),
    ...{ killedAt, cpu, hasEnded },
  };
}

/** Ends each line that a tortured process says, so that half a line is known as such. */
export const END = ' .';
