import { readFileSync } from 'node:fs';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import { HubConnection } from '../../../support/hub-connection.ts';
import { startTestMonitor } from '../../../support/test-monitor.ts';
import { GeneratorFeed, TradeGenerator } from './generator-feed.ts';
import { type LiveCommand, type LiveReading, ProcessReading } from './live-reading.ts';
import { Probe } from './probe.ts';
import { bots, FEED_SPEC } from './setting.ts';

/** The monitor as it is wired, with its ledger on disk, and the bots of the bench. */
const [dataDirectory = ''] = process.argv.slice(2);

const generator = new TradeGenerator();
const probe = new Probe((trade) => generator.sentAt(trade));
const reading = new ProcessReading(generator);
const monitor = await startTestMonitor({
  dataDirectory,
  feeds: [FEED_SPEC],
  createFeed: () => new GeneratorFeed(generator),
  hubLimits: {
    eventRates: { request: { count: bots.length, periodMs: 1_000 } },
  },
});
const token = readFileSync(monitor.tokenFile, 'utf8').trim();
const owner = await HubConnection.connect(monitor.url, token);
const CASH = toDecimalString(decimal(1_000_000));
const limits = { maxOrdersPerMinute: null };
for (const bot of bots) {
  await owner.request('bots.create', { ...bot, initialCash: CASH, limits });
}
owner.close();

const begin = () => {
  probe.reset();
  reading.begin();
  return {};
};
const read = (): LiveReading => ({
  ...reading.read(),
  engineToOrderMs: probe.engineToOrder.read(),
  feedToOrderMs: probe.feedToOrder.read(),
  decided: [...probe.decided],
  extra: { ledgerTransactionMs: probe.transaction.read(), ledgerFlushMs: probe.flush.read() },
});
process.on('message', (command: LiveCommand) => {
  process.send?.(command.do === 'begin' ? begin() : read());
});
process.on('disconnect', () => void monitor.close().then(() => process.exit(0)));
process.send?.({ url: monitor.url, token });
