import { channel, parseChannel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import type { Broker } from '#main/broker/broker.ts';
import type { MarketOutlet } from '#main/market/market-outlet.ts';

/** Live markets: what they tell goes to the broker; a price also to the channel that has them all. */
export function liveMarketOutlet(
  broker: Pick<Broker, 'publish' | 'supply'>,
  publish: (item: Publishable) => void,
): MarketOutlet {
  return {
    publish,
    supply: (name, read) => {
      const value = broker.supply(name, read);
      if (!isOfTickers(name)) return value;
      const publicPrice = broker.supply(channel.publicPrice, () => asPublicPrice(read()));
      return {
        changed: () => {
          value.changed();
          publicPrice.changed();
        },
      };
    },
  };
}

const isOfTickers = (name: string): boolean => {
  const parsed = parseChannel(name);
  return parsed?.scope === 'symbol' && parsed.topic === 'ticker';
};

const asPublicPrice = (item: Publishable | null): Publishable | null =>
  item?.of === 'ticker' ? { of: 'publicPrice', ticker: item.ticker } : null;
