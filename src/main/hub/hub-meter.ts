export interface LatencyPercentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const SAMPLES = 4_096;

/** What the hub counts of itself. Latencies are publish to send, of the newest deliveries. */
export class HubMeter {
  readonly #latencies = new Float64Array(SAMPLES);
  #sampleCount = 0;
  messagesSent = 0;
  /** Refused input and handshakes, and failures of our own. */
  errors = 0;

  delivered(latencyMs: number): void {
    this.#latencies[this.#sampleCount % SAMPLES] = latencyMs;
    this.#sampleCount += 1;
  }

  /** Milliseconds; zero before anything was sent. */
  latency(): LatencyPercentiles {
    const sorted = this.#latencies.slice(0, Math.min(this.#sampleCount, SAMPLES)).sort();
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
