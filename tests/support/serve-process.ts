import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const projectRoot = resolve(import.meta.dirname, '../..');

interface ReadyLine {
  readonly ready: true;
  readonly url: string;
  readonly openUrl: string;
  readonly tokenFile: string;
  readonly pid: number;
}

/** What a command that ended left behind. */
interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Runs `npm run cli -- …`, without npm in between so that signals reach it. */
export function runCli(args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, ['src/main/cli.ts', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { process: child, ended };
}

export interface ServeProcess extends ReadyLine {
  readonly token: string;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** Starts serve mode and waits for its line of JSON. Throws with its words where it does not come. */
export async function startServe(args: readonly string[]): Promise<ServeProcess> {
  const { process: child, ended } = runCli(['serve', '--no-open', ...args]);
  if (!child.stdout) throw new Error('serve has no standard output');
  const lines = createInterface({ input: child.stdout });
  const firstLine = new Promise<string>((done) => lines.once('line', done));
  const first = await Promise.race([firstLine, ended]);
  if (typeof first !== 'string') throw new Error(`serve ended: ${first.stderr}`);
  const ready = JSON.parse(first) as ReadyLine;
  return {
    ...ready,
    token: readFileSync(ready.tokenFile, 'utf8').trim(),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}

export interface TemporaryDirectory {
  readonly path: string;
  remove(): void;
}

export function temporaryDirectory(): TemporaryDirectory {
  const path = mkdtempSync(join(tmpdir(), 'tapedeck-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
