import { expect } from 'vitest';
import type { SubscribeReply } from '#contract/client-events.ts';
import type { Push } from '#contract/pushes.ts';
import { ownerCaller } from '#contract/scopes.ts';
import { PriceBatches } from '#main/hub/delivery/price-batches.ts';
import { windowSink } from '#main/hub/delivery/window-sink.ts';
import { HubSession, type SessionNotice } from '#main/hub/session/session.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import { FakeClock } from './fake-clock.ts';
import { HubSurroundings, OWNER } from './test-hub.ts';

/** A session of the owner's, and what it was told. */
export class SessionBench {
  readonly clock = new FakeClock();
  readonly rooms = new HubSurroundings(this.clock);
  readonly meter = new HubMeter();
  readonly pushes: Push[] = [];
  readonly notices: SessionNotice[] = [];
  readonly session = new HubSession({
    user: ownerCaller(OWNER.userId),
    sink: {
      ...windowSink({
        isReady: true,
        whenReady: (listener) => listener(),
        deliver: (more) => this.pushes.push(...more),
        overflow: () => undefined,
      }),
      notify: (notice) => this.notices.push(notice),
    },
    batches: new PriceBatches(),
    dependencies: this.rooms,
    meter: this.meter,
    onClose: () => undefined,
  });

  publish(...items: Parameters<HubSurroundings['broker']['publish']>[0][]): void {
    for (const item of items) this.rooms.broker.publish(item);
  }

  /** Performs an event that must succeed, and lets held pushes out. */
  async perform<T = SubscribeReply>(event: string, payload?: unknown): Promise<T> {
    const ack = await this.session.handle(event, payload);
    this.clock.advance(0);
    expect(ack).toMatchObject({ ok: true });
    return ack as T;
  }

  async failureOf(event: string, payload?: unknown) {
    const ack = await this.session.handle(event, payload);
    return ack.ok ? undefined : ack.error;
  }

  async codeOf(event: string, payload?: unknown) {
    return (await this.failureOf(event, payload))?.code;
  }

  seen(): string[] {
    return this.pushes.map(({ event, payload }) => `${event} ${payload.seq}`);
  }
}
