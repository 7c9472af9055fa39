import type { RequestParams, RequestResult } from '#contract/requests.ts';
import type { HubMeter, LatencyPercentiles } from '#main/telemetry/hub-meter.ts';
import type { DownlinkWishes } from '../delivery/downlink.ts';
import { PriceBatches } from '../delivery/price-batches.ts';
import type { HubUser } from '../dependencies.ts';
import { clientPage } from './client-page.ts';
import { HubSession, type HubSessionOptions, type SessionSink } from './session.ts';

export interface HubStats {
  /** Sockets and windows. */
  readonly connections: number;
  readonly subscriptions: number;
  /** Pushes, since the start. */
  readonly messagesSent: number;
  /** Refused input and handshakes and failures of our own, since the start. */
  readonly errors: number;
  readonly reconnections: number;
  readonly disconnections: number;
  /** Subscriptions that were given exactly what they had missed, since the start. */
  readonly recovered: number;
  /** Publications that slow clients did not get, since the start. */
  readonly dropped: number;
  /** Publish to send, milliseconds, of the newest deliveries. */
  readonly latency: LatencyPercentiles;
}

/** The sessions under way, in the order in which they came. */
export class SessionRegister {
  readonly #shared: Pick<HubSessionOptions, 'dependencies' | 'meter' | 'maxSubscriptions'>;
  readonly #meter: HubMeter;
  readonly #sessions = new Map<number, HubSession>();
  readonly #batches = new PriceBatches();
  #lastNumber = 0;

  constructor(shared: Pick<HubSessionOptions, 'dependencies' | 'meter' | 'maxSubscriptions'>) {
    this.#shared = shared;
    this.#meter = shared.meter;
  }

  open(user: HubUser, sink: SessionSink, wishes?: DownlinkWishes): HubSession {
    this.#lastNumber += 1;
    const number = this.#lastNumber;
    const session = new HubSession({
      ...this.#shared,
      ...{ user, sink },
      batches: this.#batches,
      ...(wishes && { wishes }),
      onClose: () => this.#sessions.delete(number),
    });
    this.#sessions.set(number, session);
    return session;
  }

  closeAll(): void {
    for (const session of this.#sessions.values()) session.close();
  }

  stats(): HubStats {
    let subscriptions = 0;
    for (const session of this.#sessions.values()) subscriptions += session.subscriptionCount;
    return {
      connections: this.#sessions.size,
      subscriptions,
      messagesSent: this.#meter.messagesSent,
      errors: this.#meter.errors,
      reconnections: this.#meter.reconnections,
      disconnections: this.#meter.disconnections.total,
      recovered: this.#meter.resubscriptions.of('recovered'),
      dropped: this.#meter.publicationsDropped,
      latency: this.#meter.latency(),
    };
  }

  page(query: RequestParams<'hub.clients'>): RequestResult<'hub.clients'> {
    return clientPage(this.#sessions, query);
  }
}
