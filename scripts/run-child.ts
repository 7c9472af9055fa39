import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { ProcessEnd } from './launch-plan.ts';

/** Runs a program in the foreground, in place of this one: its streams, its signals, its end. */
export function runChild(
  command: string,
  commandArguments: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ProcessEnd> {
  const startTime = performance.now();
  const child = spawn(command, commandArguments, { stdio: 'inherit', env: environment });
  let wasStopped = false;
  const onTerminate = () => {
    wasStopped = true;
    child.kill('SIGTERM');
  };
  const onInterrupt = () => {
    wasStopped = true;
    // A terminal has sent it to the child as well; a second one would mean impatience.
    if (!process.stdin.isTTY) child.kill('SIGINT');
  };
  process.on('SIGTERM', onTerminate);
  process.on('SIGINT', onInterrupt);
  return new Promise((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      process.off('SIGTERM', onTerminate);
      process.off('SIGINT', onInterrupt);
      resolve({ code, signal, afterMs: performance.now() - startTime, wasStopped });
    };
    child.once('error', () => end(127, null));
    child.once('exit', end);
  });
}

/** The exit code by which a shell would report the end. */
export function exitCodeOf({ code, signal }: Pick<ProcessEnd, 'code' | 'signal'>): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}
