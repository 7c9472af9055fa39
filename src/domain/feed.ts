import type { EpochMs } from './units.ts';

/** The state of one feed. `ended` is a replay that has played all it has: neither stale nor broken. */
export type FeedState =
  | { readonly kind: 'connecting'; readonly attempt: number; readonly nextTryTime: EpochMs | null }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly sinceTime: EpochMs }
  | { readonly kind: 'disconnected'; readonly reason: string; readonly nextTryTime: EpochMs | null }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'ended' }
  | {
      /** The market sleeps (a weekend): silence is right, and neither stale nor broken. */
      readonly kind: 'closed';
      /** When it opens again; null where the exchange does not say. */
      readonly untilTime: EpochMs | null;
    };
