import { beforeEach, describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import type { RequestMethod, RequestParams } from '#contract/requests.ts';
import { type Caller, ownerCaller, SCOPES } from '#contract/scopes.ts';
import type { Replay, ReplayDeck } from '../replay/compose-replay.ts';
import { type RequestHandler, routeToDecks } from './replay-router.ts';

const OWNER = ownerCaller('owner');
const GRANTED: Caller = { userId: 'alice', scopes: SCOPES, bots: ['b1'] };

let interferences: number;
let ask: (method: RequestMethod, params: object, caller: Caller) => ReturnType<RequestHandler>;

beforeEach(() => {
  interferences = 0;
  const deck = {
    ...{ id: 'd1', tell: () => undefined, source: {} },
    interfere: () => {
      interferences += 1;
    },
    stage: {
      alertRules: () => [{ name: 'level' }],
      fleet: { create: () => fail('conflict', 'asked') },
      ledger: {
        orders: { get: () => null },
        alerts: { list: () => succeed({ items: [], nextBefore: null }) },
        fills: { list: () => succeed({ items: [], nextBefore: null }) },
      },
    },
  } as unknown as ReplayDeck;
  const replay = {
    decks: { find: () => deck },
    ofBot: () => deck,
    ofInstrument: () => deck,
  } as unknown as Replay;
  const route = routeToDecks(async () => fail('internal', 'asked live'), replay);
  ask = (method, params, caller) => route(method, params as RequestParams<RequestMethod>, caller);
});

const ACCESS_DENIED = fail('access_denied', 'Access denied');

describe('[H2] a deck is the owner’s', () => {
  it.each([
    ['alerts.listRules', { deckId: 'd1' }],
    ['alerts.list', { deckId: 'd1', limit: 10 }],
  ] as const)('%s tells its alerts to nobody else', async (method, params) => {
    expect(await ask(method, params, OWNER)).toMatchObject({ ok: true });
    expect(await ask(method, params, GRANTED)).toEqual(ACCESS_DENIED);
  });

  it.each([
    ['orders.cancel', { orderId: 'd1_bot1-1' }],
    ['orders.change', { orderId: 'd1_bot1-1', limitPrice: '1' }],
    ['bots.create', { instrumentId: 'd1_demo:BTC/USDT' }],
  ] as const)('%s of somebody else does nothing to it', async (method, params) => {
    expect(await ask(method, params, GRANTED)).toEqual(ACCESS_DENIED);
    expect(interferences).toBe(0);
    await ask(method, params, OWNER);
    expect(interferences).toBe(1);
  });

  it('who was granted single bots may look at what it plays', async () => {
    const answer = await ask('fills.list', { instrumentId: 'd1_demo:BTC/USDT' }, GRANTED);
    expect(answer).toEqual(succeed({ items: [], nextBefore: null }));
  });
});
