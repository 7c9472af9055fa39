import type { BotView } from '#contract/requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { AlertEngine, type SavedAlerts } from '#main/alerts/alert-engine.ts';
import { inAppRoute } from '#main/alerts/in-app-route.ts';
import type { Touch, WatchedBot } from '#main/alerts/watch.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Ground } from '../ground.ts';
import { alertLedger, notificationWriter } from './alert-ledger.ts';

export interface AlertsSurroundings extends Omit<Ground, 'lifecycle'> {
  readonly ledger: Ledger;
  readonly market: MarketData;
  readonly fleet: Fleet;
  readonly createId: () => string;
  /** See `AlertEngineOptions`. */
  readonly resumed: SavedAlerts | null;
}

/** The rules' engine over the rooms that it watches: live's, or a replay deck's. */
export function composeAlertEngine(surroundings: AlertsSurroundings) {
  const { clock, log, userId, publications, ledger, market, fleet, createId, resumed } =
    surroundings;
  const { publish } = publications;
  const store = alertLedger(ledger, clock);
  const insertNotification = notificationWriter(ledger, userId, clock);
  const engine = new AlertEngine({
    ...{ clock, store, createId, publish, resumed },
    routes: [inAppRoute({ userId, insertNotification, publish })],
    bots: {
      list: () => fleet.list().map(watchedBot),
      get: (botId) => {
        const view = fleet.get(botId);
        return view.ok && isInSight(view.value) ? watchedBot(view.value) : null;
      },
      nameOf: (botId) => {
        const view = fleet.get(botId);
        return view.ok ? view.value.config.name : botId;
      },
      on: (id) => fleet.on(id).filter(isInSight).map(watchedBot),
    },
    touchOf: (id) => touchOf(market, id),
    onFailure: (err) => log.error({ err }, 'an alert could not be written'),
  });
  publications.listen('botStatus', ({ status }) => engine.onBot(status.botId, status.state));
  fleet.onRemoved((botId) => engine.onBotRemoved(botId));
  fleet.onArchived((botId, isArchived) => {
    if (isArchived) engine.onBotRemoved(botId);
  });
  return { engine, store };
}

/** Of an archived bot nobody wants to be told that it is silent. */
const isInSight = ({ config }: BotView): boolean => config.archivedTime === null;

const watchedBot = ({ config, status }: BotView): WatchedBot => ({
  ...{ id: config.id, name: config.name, instrumentId: config.instrumentId },
  initialCash: config.initialCash,
  ...{ state: status.state, equity: status.equity, unrealizedPnl: status.unrealizedPnl },
});

/** By the quote, or by the book where there is no quote. */
function touchOf(market: MarketData, id: InstrumentId): Touch | null {
  const { quote, book } = market.of(id);
  if (quote) return quote;
  const bid = book.best('buy');
  const ask = book.best('sell');
  return bid && ask ? { bidPrice: bid[0], askPrice: ask[0] } : null;
}
