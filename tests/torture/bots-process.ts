import { writeSync } from 'node:fs';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { type Instrument, instrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { OrderDraft } from '#domain/order.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { composeBots } from '#main/app/bots/compose-bots.ts';
import { Lifecycle } from '#main/app/lifecycle.ts';
import { Publications } from '#main/app/publications.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import { MarketData } from '#main/market/market-data.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import { beginCheckpoints } from '#main/storage/checkpoints/checkpoint-thread.ts';
import { openLedger } from '#main/storage/ledger.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { SeededRandom } from '../fuzz/random.ts';
import { END } from './killed-process.ts';
import { unwrap } from './tape-soundness.ts';

/**
 * Runs grids on a market that is invented at a high rate, until it is killed; goes on with the bots of
 * the ledger where there are some. A thread beside moves the write-ahead log into the file, as in the
 * monitor but all the time. Says `running N` at its start, and of each fill that is told `told ID`.
 */
const [path = '', seedText = '1'] = process.argv.slice(2);
const BOTS = 6;
const TRADES_A_TURN = 20;
const TURN_EVERY_MS = 2;
const ASK_EVERY_TURNS = 17;
/** Of every second bot. */
const LATENCY_MS = 7;
const CHECKPOINT_PACE = { idleMs: 1, busyMs: 1 };
const ID = instrumentId('torture', 'BTC/USDT');
const INSTRUMENT: Instrument = {
  ...{ id: ID, exchange: 'torture', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT' },
  ...{ priceIncrement: 0.01, sizeIncrement: 0.001, ...UNKNOWN_TERMS },
};

const say = (line: string): void => void writeSync(1, `${line}${END}\n`);

const log = createLog('silent');
const random = new SeededRandom(Number(seedText));
const ledger = unwrap(
  openLedger(path, {
    onDamage: ({ table, reason }) => {
      throw new Error(`${table}: ${reason}`);
    },
  }),
);
beginCheckpoints({
  ...{ clock: systemClock, paths: [path], beginsAfterMs: 0, pace: CHECKPOINT_PACE },
  onFault: (fault) => {
    throw fault instanceof Error ? fault : new Error(`${fault.path}: ${fault.reason}`);
  },
});
const publications = new Publications({ publish: () => undefined });
publications.listen('fill', ({ fill }) => say(`told ${fill.id}`));
const market = new MarketData(tellAtOnce(publications.publish));
let ids = ledger.bots.list().length;
const { own, engine } = composeBots({
  ...{ clock: systemClock, log, publications, ledger, market, userId: 'owner' },
  lifecycle: new Lifecycle(log),
  createBotId: () => `bot${++ids}`,
  findInstrument: (id) => (id === ID ? INSTRUMENT : undefined),
  history: () => () => [],
  sharesFlushes: true,
  looksBetweenEvents: true,
  strategies: BUILT_IN_STRATEGIES,
});
own.onInstrumentsChanged();
while (own.ids().length < BOTS) {
  const { length } = own.ids();
  unwrap(
    own.create({
      ...{ name: `Grid ${length}`, strategy: 'grid', instrumentId: ID, start: true },
      params: { levels: 6, spacingBps: 3 + length, quantity: '0.01' },
      ...{ initialCash: '100000' as DecimalString, makerFeeBps: 1, takerFeeBps: 5 },
      ...{ ...DEFAULT_BOT_SETTINGS, latencyMs: (length % 2) * LATENCY_MS },
    }),
  );
}
say(`running ${own.list().filter(({ status }) => status.state === 'running').length}`);

let price = 60_000;
let tradeId = 0;
let turn = 0;
const play = (event: MarketEvent): void => {
  market.apply(event);
  engine.onEvent(event);
};
setInterval(() => {
  turn += 1;
  for (let index = 0; index < TRADES_A_TURN; index += 1) {
    tradeId += 1;
    price += (random.next() - 0.5) * 30 + (60_000 - price) * 0.002;
    const now = Date.now() as EpochMs;
    play({
      kind: 'trade',
      trade: {
        ...{ instrumentId: ID, id: String(tradeId), size: (0.001 + random.next()) as Size },
        price: (Math.round(price * 100) / 100) as Price,
        aggressorSide: random.next() < 0.5 ? 'buy' : 'sell',
        ...{ eventTime: now, receivedTime: now },
      },
    });
  }
  if (turn % ASK_EVERY_TURNS === 0) ask(`bot${1 + Math.floor(random.next() * BOTS)}`);
}, TURN_EVERY_MS);

/** What a user does in between; whether he may is not the question here. */
function ask(botId: string): void {
  const dice = random.next();
  if (dice < 0.4) own.pause(botId, 'keep');
  else if (dice < 0.6) own.closePosition(botId);
  else if (dice < 0.7) own.stop(botId, 'flatten');
  own.start(botId);
  if (dice >= 0.7) for (const draft of byHand()) own.placeOrder(botId, draft);
}

/** A stop, and a stop that trails, of which one ends the other. */
function byHand(): readonly OrderDraft[] {
  const side = random.next() < 0.5 ? 'buy' : 'sell';
  const triggerPrice = String(Math.round(price) + (side === 'buy' ? 20 : -20)) as DecimalString;
  const common = { side, quantity: '0.02' as DecimalString, ocoGroup: `by hand ${turn}` } as const;
  return [
    { ...common, type: 'stop', triggerPrice },
    { ...common, type: 'trailingStop', trailingOffset: '15' as DecimalString },
  ];
}
