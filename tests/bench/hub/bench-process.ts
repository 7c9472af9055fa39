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
  ): BenchProcess<Command, Answer> {
    const child = fork(join(import.meta.dirname, script), args, {
      env: { ...process.env, ...environment },
      execArgv: environment['BENCH_PROFILE']
        ? ['--expose-gc', '--cpu-prof', '--cpu-prof-dir', environment['BENCH_PROFILE']]
        : ['--expose-gc'],
    });
    return new BenchProcess(child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  async next<T = Answer>(): Promise<T> {
    const message = once(this.#child, 'message').then(([answer]) => answer as T);
    const ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`a process of the bench ended with ${code}`);
    });
    return Promise.race([message, ended]);
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
