import { type Caller, ownerCaller, reachesBot } from '#contract/scopes.ts';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { startHub } from '#main/hub/hub.ts';
import { HubSurroundings, OWNER } from '#tests/fakes/test-hub.ts';
import { ALL_SYMBOLS, runServer } from './server-process.ts';

const TOKEN_LIFETIME_SECONDS = 3_600;

/** The hub over a real broker: its clients are the owner, or people who were granted a bot. */
class BenchSurroundings extends HubSurroundings {
  override resolveInstrument(symbolOrId: string): InstrumentId | undefined {
    return ALL_SYMBOLS.includes(symbolOrId) ? (symbolOrId as InstrumentId) : undefined;
  }
  override isKnownBot(botId: string, user: Caller): boolean {
    return botId.startsWith('bot') && reachesBot(user, botId);
  }
}

const surroundings = new BenchSurroundings();
const { broker } = surroundings;
const started = await startHub({
  host: '127.0.0.1',
  port: 0,
  staticRoot: null,
  owner: OWNER,
  tokens: surroundings.tokens,
  dependencies: surroundings,
});
invariant(started.ok, 'the hub starts');
const hub = started.value;
runServer({
  port: Number(new URL(hub.url).port),
  token: OWNER.token,
  issue: async (userId, botIds) => {
    const request = { userId, scopes: ['read' as const], botIds: [...botIds] };
    const issued = await surroundings.tokens.issue(
      { ...request, expiresInSeconds: TOKEN_LIFETIME_SECONDS },
      ownerCaller(OWNER.userId),
    );
    invariant(issued.ok, 'the owner issues tokens');
    return issued.value.token;
  },
  connections: () => hub.stats().connections,
  price: (ticker) => broker.publish({ of: 'ticker', ticker }),
  fill: (fill) => broker.publish({ of: 'fill', fill }),
  trade: (trade) => broker.publish({ of: 'trade', trade }),
  extra: () => ({ windowMs: broker.stats().flushWindowMs }),
});
