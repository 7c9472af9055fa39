import { join } from 'node:path';
import { invariant } from '#domain/assert.ts';
import { Broker } from '#main/broker/broker.ts';
import { startHub } from '#main/hub/hub.ts';
import { openLedger } from '#main/storage/ledger.ts';
import { createEventLoopLoad } from '#main/telemetry/event-loop-load.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { HubSurroundings, OWNER } from '#tests/fakes/test-hub.ts';
import { botId, fillOf } from '../samples.ts';

/** The hub over a ledger: fills of some bots, each on disk before it is told. May be killed. */
const [directory = '', port = '0', bots = '50', rate = '500'] = process.argv.slice(2);

const opened = openLedger(join(directory, 'ledger.db'), { onDamage: () => process.exit(1) });
invariant(opened.ok, 'the ledger opens');
const { channelLog, transaction } = opened.value;
const clock = systemClock;

class DurableSurroundings extends HubSurroundings {
  override readonly broker = new Broker({
    clock,
    createEpoch: () => String(process.pid),
    load: createEventLoopLoad(),
    history: channelLog,
  });
  override isKnownBot(): boolean {
    return true;
  }
}
const surroundings = new DurableSurroundings();
const started = await startHub({
  host: '127.0.0.1',
  port: Number(port),
  staticRoot: null,
  owner: OWNER,
  tokens: surroundings.tokens,
  // A half-open connection is to be noticed within the bench.
  limits: { pingIntervalMs: 1_000, pingTimeoutMs: 1_500 },
  dependencies: surroundings,
});
invariant(started.ok, 'the hub starts');
const hub = started.value;

const ids = Array.from({ length: Number(bots) }, (_, index) => botId(index));
const TICK_MS = 10;
const perTick = (Number(rate) * TICK_MS) / 1_000;
let next = 0;
let due = 0;
const feed = setInterval(() => {
  due += perTick;
  const items: string[] = [];
  for (; due >= 1; due -= 1) {
    const bot = ids[next % ids.length] ?? '';
    next += 1;
    items.push(bot);
  }
  const fills = transaction(() =>
    items.map((bot) => {
      const sequence = channelLog.lastOffset(`bot:${bot}:trades`) + 1;
      const item = { of: 'fill', fill: fillOf(bot, sequence, clock.now()) } as const;
      channelLog.append(item, clock.now());
      return item;
    }),
  );
  for (const fill of fills) surroundings.broker.publish(fill);
}, TICK_MS);

process.on('message', (command: { do: 'stopFeed' | 'read' }) => {
  if (command.do === 'stopFeed') clearInterval(feed);
  process.send?.({
    offsets: ids.map((bot) => channelLog.lastOffset(`bot:${bot}:trades`)),
    connections: hub.stats().connections,
  });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: Number(new URL(hub.url).port), token: OWNER.token });
