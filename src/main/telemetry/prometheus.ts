import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { HubMeter } from './hub-meter.ts';
import type { BucketTally, LabelledCount } from './tallies.ts';

/** What only the rooms know at the moment of asking. */
export interface HubGauges {
  /** Channels that somebody is subscribed to. */
  readonly rooms: number;
  readonly subscriptions: number;
  readonly conflationWindowMs: number;
}

export interface Meters {
  readonly hub: HubMeter;
  readonly feedIntakeSeconds: BucketTally;
}

/** What a Prometheus server is answered. */
export interface MetricsText {
  readonly contentType: string;
  readonly body: string;
}

const MS_A_SECOND = 1_000;

/** Metrics of hub and process in Prometheus' text format. Nothing is worked out until asked for. */
export class PrometheusMetrics {
  readonly #registry: Registry;

  constructor({ hub, feedIntakeSeconds }: Meters, readGauges: () => HubGauges) {
    const own = new Registry();
    registerConnections(own, hub);
    registerTraffic(own, hub);
    new TalliedHistogram(own, feedIntakeSeconds, {
      name: 'tapedeck_feed_intake_seconds',
      help: 'From the receipt of a market event, in whichever thread, to its turn in the monitor',
    });
    registerGauges(own, readGauges);
    this.#registry = Registry.merge([own, processRegistry()]);
  }

  async text(): Promise<MetricsText> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}

let shared: Registry | undefined;

/** Of the process, and so once for it: what the library observes it by cannot be stopped again. */
function processRegistry(): Registry {
  if (!shared) {
    shared = new Registry();
    collectDefaultMetrics({ register: shared });
  }
  return shared;
}

function registerConnections(registry: Registry, meter: HubMeter): void {
  const registers = [registry];
  labelled(registry, {
    name: 'websocket_connections_total',
    help: 'Connections that were accepted, and that were refused',
    label: 'status',
    counts: meter.connections,
  });
  labelled(registry, {
    name: 'websocket_disconnections_total',
    help: 'Connections that ended, by reason',
    label: 'reason',
    counts: meter.disconnections,
  });
  labelled(registry, {
    name: 'websocket_errors_total',
    help: 'Refused input, refused handshakes and failures of the hub, by code',
    label: 'code',
    counts: meter.failures,
  });
  new Gauge({
    name: 'websocket_active_connections',
    help: 'Connections that are open',
    labelNames: ['namespace'],
    registers,
    collect() {
      this.set({ namespace: '/' }, meter.activeSockets);
    },
  });
  counted(registry, {
    name: 'tapedeck_reconnections_total',
    help: 'Connections that came back with a position to recover from',
    read: () => meter.reconnections,
  });
}

function registerTraffic(registry: Registry, meter: HubMeter): void {
  new Counter({
    name: 'websocket_events_total',
    help: 'Events received of clients, and pushes sent to them',
    labelNames: ['event', 'direction'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [event, count] of meter.received.entries()) {
        this.inc({ event, direction: 'received' }, count);
      }
      for (const [event, count] of meter.sent.entries()) {
        this.inc({ event, direction: 'sent' }, count);
      }
    },
  });
  new TalliedHistogram(registry, meter.eventSeconds, {
    name: 'websocket_message_duration_seconds',
    help: 'From the receipt of a client event to its answer',
  });
  new TalliedHistogram(registry, meter.feedToSendSeconds, {
    name: 'tapedeck_feed_to_send_seconds',
    help: 'From the publication of an event, in the turn of its receipt, to its sending',
  });
  labelled(registry, {
    name: 'tapedeck_resubscriptions_total',
    help: 'Resubscriptions that were given what they had missed, and that began afresh',
    label: 'outcome',
    counts: meter.resubscriptions,
  });
  counted(registry, {
    name: 'tapedeck_publications_recovered_total',
    help: 'Publications given again after a reconnection',
    read: () => meter.publicationsRecovered,
  });
  counted(registry, {
    name: 'tapedeck_publications_dropped_total',
    help: 'Publications that slow consumers did not get, as their gap marks said',
    read: () => meter.publicationsDropped,
  });
  labelled(registry, {
    name: 'tapedeck_http_responses_total',
    help: 'Answers of the REST interface, by status',
    label: 'status',
    counts: meter.httpResponses,
  });
}

function registerGauges(registry: Registry, read: () => HubGauges): void {
  const registers = [registry];
  new Gauge({
    name: 'websocket_rooms',
    help: 'Channels that somebody is subscribed to',
    registers,
    collect() {
      this.set(read().rooms);
    },
  });
  new Gauge({
    name: 'tapedeck_subscriptions',
    help: 'Subscriptions of all connections and windows',
    registers,
    collect() {
      this.set(read().subscriptions);
    },
  });
  new Gauge({
    name: 'tapedeck_conflation_window_seconds',
    help: 'How long a newer value may replace an unsent one at present',
    registers,
    collect() {
      this.set(read().conflationWindowMs / MS_A_SECOND);
    },
  });
}

interface LabelledOptions<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly counts: LabelledCount<L>;
}

function labelled<L extends string>(registry: Registry, options: LabelledOptions<L>): void {
  const { name, help, label, counts } = options;
  new Counter({
    ...{ name, help, labelNames: [label], registers: [registry] },
    collect() {
      this.reset();
      for (const [value, count] of counts.entries()) this.inc({ [label]: value }, count);
    },
  });
}

function counted(
  registry: Registry,
  { name, help, read }: { name: string; help: string; read: () => number },
): void {
  new Counter({
    ...{ name, help, registers: [registry] },
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

/**
 * A histogram that is read from a tally. The library's own `observe` costs a hundred nanoseconds,
 * which is too much for something that happens with every message to every client.
 */
class TalliedHistogram extends Histogram<'le'> {
  readonly #tally: BucketTally;
  readonly #name: string;
  readonly #help: string;

  constructor(registry: Registry, tally: BucketTally, about: { name: string; help: string }) {
    super({ ...about, buckets: [...tally.bounds], registers: [registry] });
    this.#tally = tally;
    this.#name = about.name;
    this.#help = about.help;
  }

  override get(): ReturnType<Histogram<'le'>['get']> {
    const { bounds, count, sum } = this.#tally;
    const name = this.#name;
    const cumulative = this.#tally.cumulative();
    const buckets = bounds.map((le, index) => [le, cumulative[index] ?? 0] as const);
    const metricName = `${name}_bucket`;
    const values = [...buckets, ['+Inf', count] as const].map(([le, value]) => ({
      ...{ metricName, labels: { le }, value },
    }));
    const totals = [
      { metricName: `${name}_sum`, labels: {}, value: sum },
      { metricName: `${name}_count`, labels: {}, value: count },
    ];
    return Promise.resolve({
      ...{ name, help: this.#help, aggregator: 'sum', collect: () => undefined },
      // Declared as a number, and text in fact.
      type: 'histogram' as never,
      values: [...values, ...totals],
    });
  }

  /** By this the registry asks a histogram for its values. */
  getForPromString(): ReturnType<Histogram<'le'>['get']> {
    return this.get();
  }
}
