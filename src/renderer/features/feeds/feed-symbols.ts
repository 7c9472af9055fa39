import type { FeedStatus } from '#contract/model.ts';
import { type Exchange, type InstrumentId, symbolOf } from '#domain/instrument.ts';

/** A feed whose spec names its symbols, so that single ones can be taken away from it. */
const WITH_SYMBOLS = /^(ccxt:[^:]+:|deriv:)(.+)$/s;

/** What must be asked of the hub so that an instrument is watched no longer. */
export type Removal =
  | { readonly kind: 'feed'; readonly feed: FeedStatus }
  | { readonly kind: 'symbol'; readonly feed: FeedStatus; readonly spec: string };

/**
 * Where its feed names other symbols besides, they stay; else the feed goes, with all that it carries.
 * Undefined where no feed carries it.
 */
export function removalOf(feeds: readonly FeedStatus[], id: InstrumentId): Removal | undefined {
  const feed = feeds.find(({ instruments }) => instruments.some((one) => one.id === id));
  if (feed === undefined) return undefined;
  const [, prefix = '', list = ''] = WITH_SYMBOLS.exec(feed.spec.trim()) ?? [];
  const symbols = list.split(',').map((symbol) => symbol.trim());
  const others = symbols.filter((symbol) => symbol !== symbolOf(id));
  if (prefix === '' || others.length === 0 || others.length === symbols.length) {
    return { kind: 'feed', feed };
  }
  return { kind: 'symbol', feed, spec: `${prefix}${others.join(',')}` };
}

/** How a feed of these symbols is asked for. */
export function specOf(exchange: Exchange, symbols: readonly string[]): string {
  if (exchange === 'demo') return 'demo';
  return exchange === 'deriv'
    ? `deriv:${symbols.join(',')}`
    : `ccxt:${exchange}:${symbols.join(',')}`;
}
