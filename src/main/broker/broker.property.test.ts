import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { StreamPosition } from '#contract/client-events.ts';
import type { Publishable } from '#contract/publications.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { SAMPLE_ID, sampleLog, sampleTicker, sampleTrade } from '#tests/fakes/publications.ts';
import { Broker } from './broker.ts';
import type { Consumer, Delivery, Subscription } from './delivery.ts';

const KINDS = {
  flow: { name: channel.trades(SAMPLE_ID), item: sampleTrade },
  stream: { name: channel.bot('b1', 'logs'), item: (value: number) => sampleLog(String(value)) },
  latest: { name: channel.ticker(SAMPLE_ID), item: sampleTicker },
} as const;

type Kind = keyof typeof KINDS;
type Step =
  | { readonly do: 'publish'; readonly count: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'subscribe' | 'leave' | 'return'; readonly who: number };

/** How often each consumer wants values of a *latest* channel, ms. */
const PACES = [0, 0, 50, 120] as const;
const CONSUMERS = PACES.length;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 40 }) }),
    fc.record({
      do: fc.constantFrom('subscribe' as const, 'leave' as const, 'return' as const),
      who: fc.nat(CONSUMERS - 1),
    }),
  ),
  { maxLength: 20 },
);

/** Follows a channel as a client would, and fails as soon as something is missing or doubled. */
class Follower implements Consumer {
  readonly #kind: Kind;
  readonly #minIntervalMs: number;
  #subscription: Subscription | undefined;
  #epoch = '';
  position = 0;
  /** The newest publication seen: what a latest channel's client shows. */
  value: Publishable | undefined;

  constructor(kind: Kind, minIntervalMs: number) {
    this.#kind = kind;
    this.#minIntervalMs = minIntervalMs;
  }

  get isHere(): boolean {
    return this.#subscription !== undefined;
  }

  deliver({ prevOffset, publications }: Delivery): void {
    expect(prevOffset).toBe(this.position);
    for (const { offset, data } of publications) {
      if (this.#kind === 'latest') expect(offset).toBeGreaterThan(this.position);
      else expect(offset).toBe(this.position + 1);
      this.position = offset;
      this.value = data;
    }
  }

  subscribe(broker: Broker): void {
    this.leave();
    const subscription = this.#join(broker);
    this.#subscription = subscription;
    this.#epoch = subscription.epoch;
    this.position = subscription.initial?.prevOffset ?? subscription.offset;
    if (subscription.initial) this.deliver(subscription.initial);
    expect(this.position).toBe(subscription.offset);
  }

  return(broker: Broker): void {
    if (this.isHere || this.#epoch === '') return;
    const since = { epoch: this.#epoch, offset: this.position };
    const subscription = this.#join(broker, since);
    // So little is published that all of it is remembered.
    expect(subscription.recovered).toBe(true);
    this.#subscription = subscription;
    if (subscription.initial) this.deliver(subscription.initial);
    expect(this.position).toBe(subscription.offset);
  }

  leave(): void {
    this.#subscription?.dispose();
    this.#subscription = undefined;
  }

  #join(broker: Broker, since?: StreamPosition): Subscription {
    const options = { since, minIntervalMs: this.#minIntervalMs };
    return broker.subscribe(KINDS[this.#kind].name, this, options);
  }
}

function play(kind: Kind, sequence: readonly Step[]): { followers: Follower[]; published: number } {
  const clock = new FakeClock();
  let epochs = 0;
  const broker = new Broker({ clock, createEpoch: () => `epoch${++epochs}` });
  const followers = PACES.map((pace) => new Follower(kind, pace));
  let published = 0;
  for (const step of sequence) {
    if (step.do === 'advance') clock.advance(step.ms);
    else if (step.do === 'publish') {
      for (let left = step.count; left > 0; left -= 1) {
        published += 1;
        broker.publish(KINDS[kind].item(published));
      }
    } else followers[step.who]?.[step.do](broker);
  }
  clock.advance(1_000);
  expect(clock.pendingTimers).toBe(0);
  return { followers, published };
}

describe('any interleaving of publishing, flushing, joining, leaving and returning', () => {
  it.each(['flow', 'stream'] as const)(
    '[B3][B4] a %s consumer sees each publication exactly once, in order',
    (kind) => {
      fc.assert(
        fc.property(steps, (sequence) => {
          const { followers, published } = play(kind, sequence);
          for (const follower of followers) {
            if (follower.isHere) expect(follower.position).toBe(published);
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  it('[B2][B4][B6] a latest consumer ends on the newest value, however often it wants one', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const { followers, published } = play('latest', sequence);
        for (const follower of followers) {
          if (!follower.isHere || published === 0) continue;
          expect(follower.value).toEqual(KINDS.latest.item(published));
        }
      }),
      { numRuns: 300 },
    );
  });
});
