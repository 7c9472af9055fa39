import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The process over the last period. */
export interface ProcessReading {
  /** Resident set, bytes. */
  readonly memory: number;
  /** Share of one core, 0–1 (more with worker threads). */
  readonly cpu: number;
  /** Seconds since the process began. */
  readonly uptime: number;
  /** Milliseconds beyond the sampling period. */
  readonly eventLoopDelayP50: number;
  readonly eventLoopDelayP99: number;
}

const RESOLUTION_MS = 10;
const NANOSECONDS_A_MS = 1e6;
const MICROSECONDS_A_MS = 1e3;

/** Measures this process from one `read` to the next. `dispose` stops the sampling. */
export class ProcessMeter {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();
  #readAt = performance.now();
  #last: ProcessReading;

  constructor() {
    this.#delay.enable();
    this.#last = this.read();
  }

  /** What `read` gave last. */
  get last(): ProcessReading {
    return this.#last;
  }

  read(): ProcessReading {
    const used = process.cpuUsage(this.#cpu);
    const now = performance.now();
    const elapsed = Math.max(1, now - this.#readAt);
    // Without a sample yet the histogram answers with its own extremes.
    const delayOf = (percentile: number) =>
      this.#delay.count === 0
        ? 0
        : Math.max(0, this.#delay.percentile(percentile) / NANOSECONDS_A_MS - RESOLUTION_MS);
    this.#last = {
      memory: process.memoryUsage.rss(),
      cpu: (used.user + used.system) / MICROSECONDS_A_MS / elapsed,
      uptime: process.uptime(),
      eventLoopDelayP50: delayOf(50),
      eventLoopDelayP99: delayOf(99),
    };
    this.#cpu = process.cpuUsage();
    this.#readAt = now;
    this.#delay.reset();
    return this.#last;
  }

  dispose(): void {
    this.#delay.disable();
  }
}
