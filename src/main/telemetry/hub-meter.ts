import type { ErrorCode } from '#contract/errors.ts';
import { BucketTally, LabelledCount } from './tallies.ts';

export interface LatencyPercentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const SAMPLES = 4_096;
const MS_A_SECOND = 1_000;
/** 1 ms to 1 s. */
export const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

/**
 * What the hub counts of itself: plain increments, since it is fed in the hottest paths. Labels are
 * names of ours and closed sets: no user, bot or address, and nothing that a client chose.
 */
export class HubMeter {
  readonly connections = new LabelledCount(['accepted', 'refused']);
  readonly disconnections = new LabelledCount<string>();
  readonly failures = new LabelledCount<ErrorCode>();
  /** Client events by name (`unknown` for all others). */
  readonly received = new LabelledCount<string>();
  /** Pushes by event. */
  readonly sent = new LabelledCount<string>();
  readonly httpResponses = new LabelledCount<string>();
  readonly eventSeconds = new BucketTally(SECONDS_BUCKETS);
  readonly feedToSendSeconds = new BucketTally(SECONDS_BUCKETS);
  /** Connections that came back with a position to recover from. */
  reconnections = 0;
  /** Resubscriptions that were given exactly what they had missed, and those that began afresh. */
  readonly resubscriptions = new LabelledCount(['recovered', 'fresh']);
  /** Publications given again after a reconnection. */
  publicationsRecovered = 0;
  /** Publications that a slow consumer did not get: gap marks say how many. */
  publicationsDropped = 0;
  readonly #latencies = new Float64Array(SAMPLES);
  #sampleCount = 0;

  /** Refused input and handshakes, and failures of our own. */
  get errors(): number {
    return this.failures.total;
  }

  get messagesSent(): number {
    return this.sent.total;
  }

  get activeSockets(): number {
    return this.connections.of('accepted') - this.disconnections.total;
  }

  connectionRefused(code: ErrorCode): void {
    this.connections.add('refused');
    this.failures.add(code);
  }

  /** Of one client event: what `handled` is told when it was answered. */
  begin(): number {
    return performance.now();
  }

  handled(event: string, begun: number): void {
    this.received.add(event);
    this.eventSeconds.observe((performance.now() - begun) / MS_A_SECOND);
  }

  /** One delivery went out, this long after it was published: a market event is when it comes. */
  delivered(latencyMs: number): void {
    this.#latencies[this.#sampleCount % SAMPLES] = latencyMs;
    this.#sampleCount += 1;
    this.feedToSendSeconds.observe(latencyMs / MS_A_SECOND);
  }

  resubscribed(outcome: 'recovered' | 'fresh', publications: number): void {
    this.resubscriptions.add(outcome);
    if (outcome === 'recovered') this.publicationsRecovered += publications;
  }

  /** Milliseconds, of the newest deliveries; zero before anything was sent. */
  latency(): LatencyPercentiles {
    const sorted = this.#latencies.slice(0, Math.min(this.#sampleCount, SAMPLES)).sort();
    const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
