import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { startHub } from '#main/hub/hub.ts';
import { HubSurroundings, OWNER } from '#tests/fakes/test-hub.ts';
import { ALL_SYMBOLS, runServer } from './server-process.ts';

/** The hub over a real broker, whose owner the clients are. */
class BenchSurroundings extends HubSurroundings {
  override resolveInstrument(symbolOrId: string): InstrumentId | undefined {
    return ALL_SYMBOLS.includes(symbolOrId) ? (symbolOrId as InstrumentId) : undefined;
  }
  override isKnownBot(botId: string): boolean {
    return botId.startsWith('bot');
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
  connections: () => hub.stats().connections,
  price: (ticker) => broker.publish({ of: 'ticker', ticker }),
  fill: (fill) => broker.publish({ of: 'fill', fill }),
  trade: (trade) => broker.publish({ of: 'trade', trade }),
  extra: () => ({ windowMs: broker.stats().flushWindowMs }),
});
