import type { Order } from '#domain/order.ts';

/** What is known of all orders so far, newest first by pages. */
export interface OrderPages {
  readonly orders: readonly Order[];
  /** Where the next page of older ones begins; null where there is none. */
  readonly nextBefore: string | null;
}
export const NO_PAGES: OrderPages = { orders: [], nextBefore: null };

interface Page {
  readonly items: readonly Order[];
  readonly nextBefore: string | null;
}

/** The newest page, asked for anew: behind it stays what is known, unless something is missing between. */
export function withNewestPage(known: OrderPages, { items, nextBefore }: Page): OrderPages {
  const ids = new Set(known.orders.map(({ id }) => id));
  return items.some(({ id }) => ids.has(id))
    ? { orders: eachOnce([...items, ...known.orders]), nextBefore: known.nextBefore }
    : { orders: items, nextBefore };
}

export const withOlderPage = (known: OrderPages, { items, nextBefore }: Page): OrderPages => ({
  orders: eachOnce([...known.orders, ...items]),
  nextBefore,
});

/** Each order once, as it stands first. */
export function eachOnce(orders: readonly Order[]): readonly Order[] {
  const seen = new Set<string>();
  return orders.filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
