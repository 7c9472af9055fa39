import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Percentiles } from '../../hub/clients/histogram.ts';
import { round } from '../../tape/figures.ts';
import { monotonicMs } from './monotonic.ts';

/** What a process that trades tells of a stretch of time. */
export interface LiveReading {
  readonly seconds: number;
  readonly trades: number;
  readonly engineToOrderMs: Percentiles;
  readonly feedToOrderMs: Percentiles;
  /** The whole process, its generator left out; a share of one core. */
  readonly cpu: number;
  /** Its main thread alone. */
  readonly mainThread: number;
  readonly loopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** When each fill was decided on, monotonic milliseconds. */
  readonly decided: readonly (readonly [string, number])[];
  readonly extra: Readonly<Record<string, unknown>>;
}

export type LiveCommand = { readonly do: 'begin' } | { readonly do: 'read' };

const NS_A_MS = 1e6;
const MICROS_A_MS = 1e3;
const BRIEFLY_MS = 1;

interface Generator {
  readonly cpuMicros: number;
  readonly given: number;
}

/** Processor time and delays of this process since it was begun. */
export class ProcessReading {
  readonly #generator: Generator;
  readonly #delay = monitorEventLoopDelay({ resolution: BRIEFLY_MS });
  #begun = { ms: 0, all: 0, thread: 0, generator: 0, given: 0 };

  constructor(generator: Generator) {
    this.#generator = generator;
  }

  begin(): void {
    this.#delay.reset();
    this.#delay.enable();
    this.#begun = this.#now();
  }

  read(): Pick<LiveReading, 'seconds' | 'trades' | 'cpu' | 'mainThread' | 'loopDelayMs'> {
    const [begun, now] = [this.#begun, this.#now()];
    const micros = (now.ms - begun.ms) * MICROS_A_MS;
    const generator = now.generator - begun.generator;
    return {
      seconds: round((now.ms - begun.ms) / 1_000, 1),
      trades: now.given - begun.given,
      cpu: round((now.all - begun.all - generator) / micros, 3),
      mainThread: round((now.thread - begun.thread) / micros, 3),
      loopDelayMs: {
        p50: round(this.#delay.percentile(50) / NS_A_MS),
        p99: round(this.#delay.percentile(99) / NS_A_MS),
        max: round(this.#delay.max / NS_A_MS),
      },
    };
  }

  #now() {
    const sum = ({ user, system }: { user: number; system: number }) => user + system;
    return {
      ms: monotonicMs(),
      all: sum(process.cpuUsage()),
      thread: sum(process.threadCpuUsage()),
      generator: this.#generator.cpuMicros,
      given: this.#generator.given,
    };
  }
}
