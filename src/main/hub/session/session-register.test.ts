import { beforeAll, describe, expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { HubClientInfo } from '#contract/inspection-requests.ts';
import { type RequestInput, requestSchemas } from '#contract/requests.ts';
import { ownerCaller } from '#contract/scopes.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { SAMPLE_ID } from '#tests/fakes/publications.ts';
import { HubSurroundings } from '#tests/fakes/test-hub.ts';
import { windowSink } from '../delivery/window-sink.ts';
import type { HubSession } from './session.ts';
import { SessionRegister } from './session-register.ts';

const CLIENTS = 10_000;
const PAGE = 100;

const sink = windowSink({
  isReady: true,
  whenReady: (listener) => listener(),
  deliver: () => undefined,
  overflow: () => undefined,
});
const userOf = (number: number) => `user-${number % 50}`;

describe('the inspector of ten thousand clients', () => {
  const sessions: HubSession[] = [];
  let register: SessionRegister;

  beforeAll(async () => {
    const dependencies = new HubSurroundings(new FakeClock());
    register = new SessionRegister({ dependencies, meter: new HubMeter() });
    for (let number = 0; number < CLIENTS; number += 1) {
      sessions.push(register.open(ownerCaller(userOf(number)), sink));
    }
    await sessions[4_321]?.handle('subscribe', { channel: channel.ticker(SAMPLE_ID) });
  });

  /** As the request does it: what is asked for and what is answered go through their schemas. */
  const page = (params: RequestInput<'hub.clients'>) =>
    requestSchemas['hub.clients'].result.parse(
      register.page(requestSchemas['hub.clients'].params.parse({ limit: PAGE, ...params })),
    );

  function walk(search = ''): { readonly seen: HubClientInfo[]; readonly pages: number } {
    const seen: HubClientInfo[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const answer = page({ search, ...(after !== null && { after }) });
      seen.push(...answer.items);
      after = answer.next;
      pages += 1;
    } while (after !== null);
    return { seen, pages };
  }

  it('gives each once, a page at a time, and knows how many there are', () => {
    const { seen, pages } = walk();
    expect(pages).toBe(CLIENTS / PAGE);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(CLIENTS);
    expect(page({}).total).toBe(CLIENTS);
    expect(seen[4_321]?.subscriptions).toBe(1);
  });

  it('describes only those of the page, of which one screenful fits into one answer', () => {
    let described = 0;
    for (const session of sessions) {
      const describe = session.describe.bind(session);
      session.describe = () => {
        described += 1;
        return describe();
      };
    }
    const answer = page({});
    expect(described).toBe(PAGE);
    expect(answer.items).toHaveLength(PAGE);
    expect(JSON.stringify(answer).length).toBeLessThan(32_000);
  });

  it('finds those of one user among all', () => {
    const { seen, pages } = walk('USER-7');
    expect(new Set(seen.map(({ userId }) => userId))).toEqual(new Set(['user-7']));
    expect([seen.length, pages]).toEqual([CLIENTS / 50, 2]);
  });

  it('has them in the order that is asked for, those that came first before their equals', () => {
    const [most] = page({ orderBy: 'subscriptions', isDescending: true, limit: 1 }).items;
    expect(most).toMatchObject({ id: '4322', subscriptions: 1 });
    const least = page({ orderBy: 'subscriptions', limit: 2 }).items;
    expect(least.map(({ id }) => id)).toEqual(['1', '2']);
    const newest = page({ isDescending: true, limit: 2 });
    expect(newest.items.map(({ id }) => id)).toEqual(['10000', '9999']);
    expect(page({ isDescending: true, limit: 1, after: newest.next ?? '' }).items[0]?.id).toBe(
      '9998',
    );
    const users = page({ orderBy: 'user', limit: 201 }).items.map(({ userId }) => userId);
    expect([users[0], users[199], users[200]]).toEqual(['user-0', 'user-0', 'user-1']);
  });

  it('puts who is behind or hidden first where that is asked for', async () => {
    await sessions[77]?.handle('visibility', { hidden: true });
    const [first, second] = page({ orderBy: 'state', isDescending: true, limit: 2 }).items;
    expect([first?.id, first?.isHidden, second?.id]).toEqual(['78', true, '1']);
  });

  it('goes through all pages of any order once', () => {
    const seen = new Set<string>();
    let after: string | null = '0';
    while (after !== null) {
      const answer = page({ orderBy: 'sent', isDescending: true, after });
      for (const { id } of answer.items) seen.add(id);
      after = answer.next;
    }
    expect(seen.size).toBe(CLIENTS);
  });

  it('goes on where it was though clients of the page before are gone', () => {
    const first = page({});
    for (const session of sessions.slice(0, 60)) session.close();
    const second = page({ ...(first.next !== null && { after: first.next }) });
    expect(second.items[0]?.id).toBe('101');
    expect(second.total).toBe(CLIENTS - 60);
  });
});
