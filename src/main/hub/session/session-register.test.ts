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

  it('goes on where it was though clients of the page before are gone', () => {
    const first = page({});
    for (const session of sessions.slice(0, 60)) session.close();
    const second = page({ ...(first.next !== null && { after: first.next }) });
    expect(second.items[0]?.id).toBe('101');
    expect(second.total).toBe(CLIENTS - 60);
  });
});
