import { beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import { channelOf, type Publishable } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { sampleLog, sampleStatus } from '#tests/fakes/publications.ts';
import { Broker } from './broker.ts';
import type { Delivery, Publication } from './delivery.ts';
import type { DurableHistory } from './durable-history.ts';

const LOGS = channel.bot('b1', 'logs');

/** What is on disk, as far as the broker is concerned. */
class MemoryHistory implements DurableHistory {
  readonly epoch = 'ledger';
  readonly #written = new Map<Publishable, Publication>();
  readonly #logs = new Map<string, Publication[]>();
  find(item: Publishable): Publication | undefined {
    return this.#written.get(item);
  }
  append(item: Publishable, timestamp: EpochMs): Publication {
    const log = this.#logs.get(channelOf(item)) ?? [];
    this.#logs.set(channelOf(item), log);
    const publication = { offset: log.length + 1, timestamp, data: item };
    log.push(publication);
    this.#written.set(item, publication);
    return publication;
  }
  lastOffset(name: string): number {
    return this.#logs.get(name)?.length ?? 0;
  }
  since(name: string, offset: number): readonly Publication[] {
    return this.#logs.get(name)?.slice(offset) ?? [];
  }
  recent(name: string, count: number): readonly Publication[] {
    return this.#logs.get(name)?.slice(-count) ?? [];
  }
}

let clock: FakeClock;
let history: MemoryHistory;
let lives: number;
const start = () => new Broker({ clock, createEpoch: () => `life${++lives}`, history });

beforeEach(() => {
  clock = new FakeClock();
  history = new MemoryHistory();
  lives = 0;
});

function follow(broker: Broker, since?: { epoch: string; offset: number }) {
  const told: string[] = [];
  const take = ({ publications }: Delivery) => {
    for (const { offset, data } of publications) {
      if (data.of === 'botLog') told.push(`${offset} ${data.entry.message}`);
    }
  };
  const subscription = broker.subscribe(LOGS, { deliver: take }, { since });
  if (subscription.initial) take(subscription.initial);
  return { ...subscription, told };
}

describe('[B5] a durable channel', () => {
  it('goes on in another life of the broker where it stood', () => {
    const former = start();
    const { epoch, offset } = follow(former);
    for (const text of ['a', 'b']) former.publish(sampleLog(text));
    const back = follow(start(), { epoch, offset });
    expect(back).toMatchObject({ epoch: 'ledger', offset: 2, recovered: true });
    expect(back.told).toEqual(['1 a', '2 b']);
  });

  it('tells what was written together once each, in the order in which it was written', () => {
    const broker = start();
    const { told } = follow(broker);
    const items = ['a', 'b', 'c'].map((text) => sampleLog(text));
    for (const item of items) history.append(item, clock.now());
    for (const item of items.toReversed()) broker.publish(item);
    broker.publish(sampleLog('d'));
    expect(told).toEqual(['1 a', '2 b', '3 c', '4 d']);
  });

  it('brings what was written and never published, because the process died between the two', () => {
    history.append(sampleLog('a'), clock.now());
    const broker = start();
    expect(follow(broker, { epoch: 'ledger', offset: 0 }).told).toEqual(['1 a']);
  });

  it('occupies no memory while nobody listens', () => {
    const broker = start();
    for (let index = 0; index < 10; index += 1) broker.publish(sampleLog('x', `bot${index}`));
    const { dispose } = follow(broker);
    expect(broker.stats().channels).toBe(1);
    dispose();
    expect(broker.stats().channels).toBe(0);
  });

  it('is none of those that have values only', () => {
    const broker = start();
    broker.publish(sampleStatus('b1', 'running'));
    const { epoch } = broker.subscribe(channel.bot('b1', 'status'), { deliver: () => undefined });
    expect(epoch).toBe('life1');
  });
});
