import type { AlertCondition } from '#domain/alert-rule.ts';
import type { ConditionWatch, WatchPast } from './watch.ts';
import { BotState } from './watches/bot-state.ts';
import { Drawdown } from './watches/drawdown.ts';
import { FeedStale } from './watches/feed-stale.ts';
import { HubHealth } from './watches/hub-health.ts';
import { PositionPnl } from './watches/position-pnl.ts';
import { PriceCross } from './watches/price-cross.ts';
import { PriceMove } from './watches/price-move.ts';
import { Spread } from './watches/spread.ts';
import { VolumeSpike } from './watches/volume-spike.ts';

export function createWatch(condition: AlertCondition, past: WatchPast): ConditionWatch {
  switch (condition.kind) {
    case 'priceCross':
      return new PriceCross(condition, past);
    case 'priceMove':
      return new PriceMove(condition);
    case 'volumeSpike':
      return new VolumeSpike(condition);
    case 'spread':
      return new Spread(condition);
    case 'positionPnl':
      return new PositionPnl(condition);
    case 'drawdown':
      return new Drawdown(condition, past);
    case 'botState':
      return new BotState(condition, past);
    case 'feedStale':
      return new FeedStale(condition, past);
    case 'hubHealth':
      return new HubHealth(condition);
  }
}
