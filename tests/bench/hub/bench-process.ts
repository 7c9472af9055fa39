import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of the bench that answers each command with one message. */
export class BenchProcess<Command extends object, Answer> {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** `script` is relative to this folder. */
  static start<Command extends object, Answer>(
    script: string,
    environment: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
    /** A program that runs it and looks on, with its own arguments. */
    watchedBy: readonly string[] = [],
  ): BenchProcess<Command, Answer> {
    const env = { ...process.env, ...environment };
    const profile = environment['BENCH_PROFILE'];
    const flags = profile ? ['--cpu-prof', '--cpu-prof-dir', profile] : [];
    const [execPath = process.execPath, ...watching] = [...watchedBy];
    const execArgv = [
      ...watching,
      ...(watchedBy.length > 0 ? [process.execPath] : []),
      ...['--expose-gc', ...flags],
    ];
    const child = fork(join(import.meta.dirname, script), args, { env, execPath, execArgv });
    return new BenchProcess(child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async next<T = Answer>(): Promise<T> {
    // Whichever comes first, the other is waited for no longer.
    const heard = new AbortController();
    const { signal } = heard;
    const message = once(this.#child, 'message', { signal }).then(([answer]) => answer as T);
    const ended = once(this.#child, 'exit', { signal }).then(([code]) => {
      throw new Error(`a process of the bench ended with ${code}`);
    });
    return Promise.race([message, ended]).finally(() => heard.abort());
  }

  ask<T = Answer>(command: Command): Promise<T> {
    const answer = this.next<T>();
    this.#child.send(command);
    return answer;
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    if (signal) this.#child.kill(signal);
    else this.#child.disconnect();
    await ended;
  }
}
