import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { FakeHubTransport } from '#tests/fakes/fake-hub-transport.ts';
import { HubClient } from '../../client/hub-client.ts';
import { FeedAddition } from './feed-addition.ts';

const SPEC = 'ccxt:kraken:BTC/USD';
const STATUS = {
  ...{ id: 'f1', spec: SPEC, exchange: 'kraken', state: { kind: 'live' }, instruments: [] },
  ...{ lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null, tradesPerMinute: 0 },
  ...{ reconnects: 0, lastGap: null, rejected: 0, rejectedSamples: [] },
};

/** An exchange that answers when the test says so, and what the hub was asked. */
function slowExchange() {
  const transport = new FakeHubTransport();
  const answered = Promise.withResolvers<object>();
  transport.answer('request', ({ method }) =>
    method === 'feeds.add'
      ? (answered.promise as Promise<never>)
      : { ok: true, result: { feedId: 'f1' } },
  );
  const asked = () =>
    transport.callsOf('request').map((call) => (call as { method: string }).method);
  return { addition: new FeedAddition(new HubClient({ transport })), answered, asked };
}

describe('a feed that is added', () => {
  it('stays where it is wanted', async () => {
    const { addition, answered, asked } = slowExchange();
    const added = addition.add(SPEC);
    answered.resolve({ ok: true, result: STATUS });
    expect(await added).toMatchObject({ ok: true, value: { id: 'f1' } });
    expect(asked()).toEqual(['feeds.add']);
  });

  it('that was given up while its exchange was asked is taken back when it comes', async () => {
    const { addition, answered, asked } = slowExchange();
    const added = addition.add(SPEC);
    addition.giveUp();
    answered.resolve({ ok: true, result: STATUS });
    expect(await added).toBeNull();
    expect(asked()).toEqual(['feeds.add', 'feeds.remove']);
  });

  it('that was given up and never came leaves nothing, and says nothing', async () => {
    const { addition, answered, asked } = slowExchange();
    const added = addition.add(SPEC);
    addition.giveUp();
    answered.resolve(fail('unavailable', 'Kraken cannot be reached.'));
    expect(await added).toBeNull();
    expect(asked()).toEqual(['feeds.add']);
  });
});
