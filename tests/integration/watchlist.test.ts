import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { MAIN_GROUP, type WatchlistEdit } from '#domain/watchlist.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { startFakeDeriv } from '../fakes/exchanges/deriv/deriv-exchange.ts';
import { HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const ETH = 'demo:ETH/USDT' as InstrumentId;

let directory: ReturnType<typeof temporaryDirectory>;
let monitor: Monitor;
let hub: HubConnection;

async function start(options: Partial<Parameters<typeof startTestMonitor>[0]> = {}): Promise<void> {
  monitor = await startTestMonitor({ dataDirectory: directory.path, ...options });
  hub = await connectTo(monitor);
}
async function stop(): Promise<void> {
  hub.close();
  await monitor.close();
}
beforeEach(async () => {
  directory = temporaryDirectory();
  await start();
});
afterEach(async () => {
  await stop();
  directory.remove();
});

const edit = (...edits: WatchlistEdit[]) => hub.request('watchlist.set', { edits });
const order = async () => (await hub.request('watchlist.get', {})).instruments.map(({ id }) => id);
const groups = async () =>
  (await hub.request('watchlist.get', {})).groups.map(
    ({ name, instrumentIds }) => `${name}: ${instrumentIds.join(' ')}`,
  );
const addMajors = { kind: 'addGroup', groupId: 'majors', name: 'Majors' } as const;
const ethFirst = {
  kind: 'moveInstrument',
  instrumentId: ETH,
  groupId: MAIN_GROUP,
  beforeId: BTC,
} as const;

describe('the watchlist', () => {
  it('has the order and the groups that the user gave it, also after a restart', async () => {
    expect(await order()).toEqual([BTC, ETH]);
    await edit(addMajors, { ...ethFirst, groupId: 'majors' });
    expect(await groups()).toEqual([`: ${BTC}`, `Majors: ${ETH}`]);
    await edit(ethFirst);
    expect(await order()).toEqual([ETH, BTC]);
    await stop();
    await start();
    expect(await order()).toEqual([ETH, BTC]);
    expect(await groups()).toEqual([`: ${ETH} ${BTC}`, 'Majors: ']);
  });

  it('is the same in every window: whoever listens is told', async () => {
    const second = await connectTo(monitor);
    const told = new Promise<PushPayload<'watchlist:update'>>((resolve) => {
      second.socket.on('watchlist:update', resolve);
    });
    await second.subscribe(channel.watchlist);
    await edit(addMajors);
    expect((await told).groups.map(({ id }) => id)).toEqual([MAIN_GROUP, 'majors']);
    second.close();
  });

  it('keeps the place of what is gone for a while', async () => {
    await edit(ethFirst);
    const [feed] = (await hub.request('feeds.list', {})).feeds;
    await hub.request('feeds.remove', { feedId: feed?.id ?? '' });
    expect(await order()).toEqual([]);
    await hub.request('feeds.add', { spec: 'demo' });
    expect(await order()).toEqual([ETH, BTC]);
  });

  it.each<[string, unknown]>([
    ['no edits', { edits: [] }],
    ['an unknown kind', { edits: [{ kind: 'sort' }] }],
    ['a group id that is none', { edits: [{ ...addMajors, groupId: 'No Id' }] }],
    ['an empty name', { edits: [{ ...addMajors, name: '  ' }] }],
    ['an instrument id that is none', { edits: [{ ...ethFirst, instrumentId: 'BTC' }] }],
    ['more than one asks for', { edits: [{ ...ethFirst, isLast: true }] }],
    ['too many edits', { edits: Array(51).fill(ethFirst) }],
  ])('[H2] refuses %s', async (_, params) => {
    const refused = hub.call('request', { method: 'watchlist.set', params });
    await expect(refused).rejects.toThrow(/invalid_payload/);
  });

  it('[H2] does all of the edits or none, and names nothing that is not there', async () => {
    const unknown = { ...ethFirst, instrumentId: 'demo:DOGE/USDT' as InstrumentId };
    await expect(edit(addMajors, unknown)).rejects.toThrow(/unknown_instrument/);
    await expect(edit(addMajors, { kind: 'removeGroup', groupId: MAIN_GROUP })).rejects.toThrow(
      /not_found/,
    );
    expect(await groups()).toEqual([`: ${BTC} ${ETH}`]);
    const names = Array.from({ length: 70 }, (_, at) => ({ ...addMajors, groupId: `g-${at}` }));
    await edit(...names.slice(0, 40));
    await expect(edit(...names.slice(40))).rejects.toThrow(/invalid_payload/);
  });

  it('[H2] is changed by whoever may administer, and read by whoever may read', async () => {
    const request = { userId: 'alice', scopes: ['read' as const], expiresInSeconds: 600 };
    const { token } = await hub.request('tokens.issue', request);
    const alice = await HubConnection.connect(monitor.url, token);
    expect((await alice.request('watchlist.get', {})).instruments).toHaveLength(2);
    await expect(alice.request('watchlist.set', { edits: [addMajors] })).rejects.toThrow(
      /access_denied/,
    );
    await alice.subscribe(channel.watchlist);
    alice.close();
  });
});

describe('instruments.search', () => {
  const found = async (params: { exchange?: string; text: string; limit?: number }) =>
    (await hub.request('instruments.search', params)).instruments.map(({ id }) => id);

  it('finds what is watched by any of its words, without asking anyone', async () => {
    expect(await found({ text: 'usdt' })).toEqual([BTC, ETH]);
    expect(await found({ text: 'demo eth' })).toEqual([ETH]);
    expect(await found({ text: 'ethusdt' })).toEqual([ETH]);
    expect(await found({ text: 'nothing' })).toEqual([]);
    expect(await found({ text: '', limit: 1 })).toEqual([BTC]);
  });

  it('[F2] finds what Deriv offers, and then knows it without asking', async () => {
    const deriv = await startFakeDeriv({ dialect: 'options', timeline: 'present' });
    await stop();
    await start({ exchangeConfigs: { deriv: deriv.config } });
    expect(await found({ text: 'R_10' })).toEqual([]);
    expect(await found({ exchange: 'deriv', text: 'r_10' })).toContain('deriv:R_10');
    await deriv.close();
    expect(await found({ text: 'R_10' })).toContain('deriv:R_10');
  });

  it('says what is wrong where Deriv cannot be reached', async () => {
    await stop();
    await start({ exchangeConfigs: { deriv: { urls: { ws: 'ws://127.0.0.1:9' } } } });
    await expect(found({ exchange: 'deriv', text: '' })).rejects.toThrow(
      /unavailable: Deriv cannot be reached/,
    );
  });
});

describe('feeds.change', () => {
  it('takes an instrument away from a feed, and gives it back', async () => {
    const deriv = await startFakeDeriv({ dialect: 'options', timeline: 'present' });
    await stop();
    await start({ exchangeConfigs: { deriv: deriv.config } });
    const added = await hub.request('feeds.add', { spec: 'deriv:R_10,frxEURUSD' });
    const fewer = await hub.request('feeds.change', { feedId: added.id, spec: 'deriv:R_10' });
    expect(await order()).toEqual([BTC, ETH, 'deriv:R_10']);
    await hub.request('feeds.change', { feedId: fewer.id, spec: 'deriv:R_10,frxEURUSD' });
    expect(await order()).toEqual([BTC, ETH, 'deriv:R_10', 'deriv:frxEURUSD']);
    await stop();
    await start({ exchangeConfigs: { deriv: deriv.config } });
    const { feeds } = await hub.request('feeds.list', {});
    expect(feeds.map(({ spec }) => spec)).toEqual(['demo', 'deriv:R_10,frxEURUSD']);
    await deriv.close();
  });
});
