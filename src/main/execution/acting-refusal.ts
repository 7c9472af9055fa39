import type { OrderDraft } from '#domain/order.ts';
import { opposite } from '#domain/side.ts';
import { type MarketView, markOf, reaches, sourceOf, touchOf } from './market-view.ts';

/** Of an order that is to wait: why it would not, as the market stands now; undefined where it would. */
export function actingRefusal(draft: OrderDraft, market: MarketView): string | undefined {
  const price = draft.type === 'limit' ? offerTo(draft, market) : lastTo(draft, market);
  return price === undefined ? undefined : `it would act at once: the market stands at ${price}`;
}

/** What a limit order would take. */
function offerTo(draft: Extract<OrderDraft, { type: 'limit' }>, market: MarketView) {
  const offer = touchOf(sourceOf(market), opposite(draft.side)) ?? markOf(market) ?? undefined;
  return offer !== undefined && reaches(draft.side, Number(draft.limitPrice), offer)
    ? offer
    : undefined;
}

/** The last trade, where that has reached a stop. */
function lastTo(draft: OrderDraft, { lastTrade }: MarketView) {
  if ((draft.type !== 'stop' && draft.type !== 'stopLimit') || lastTrade === null) return undefined;
  const trigger = Number(draft.triggerPrice);
  const { price } = lastTrade;
  return (draft.side === 'buy' ? price >= trigger : price <= trigger) ? price : undefined;
}
