import type { WireTrade } from '#contract/model.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { Side } from '#domain/side.ts';

/** One print, or several that the user wants to see as one. */
export interface TapePrint {
  readonly kind: 'trade';
  /** The newest of them, with the size of all. */
  readonly trade: WireTrade;
  readonly count: number;
  /** How many of the user's levels its size reaches; 0: none. */
  readonly level: number;
}

/** A position that the exchange closed by force. */
export interface TapeLiquidation {
  readonly kind: 'liquidation';
  readonly liquidation: WireLiquidation;
  readonly level: number;
}

/** Of a channel's push what a row shows. */
export type WireLiquidation = Pick<
  PushPayload<'liquidation:new'>,
  'seq' | 'side' | 'price' | 'size' | 'eventTime'
>;

export type TapeEntry =
  | TapePrint
  | TapeLiquidation
  /** Trades are missing here: the consumer fell behind, or the connection was lost. */
  | { readonly kind: 'gap'; readonly id: string; readonly missed: number | null };

/** A row that came to a level just now, or a liquidation. */
export interface TapeHit {
  readonly kind: 'trade' | 'liquidation';
  readonly level: number;
  readonly side: Side;
}

/** A gap stays where it is: nothing is known of when it was. */
export function timeOf(entry: TapeEntry): number {
  switch (entry.kind) {
    case 'trade':
      return entry.trade.timestamp;
    case 'liquidation':
      return entry.liquidation.eventTime;
    case 'gap':
      return Number.NEGATIVE_INFINITY;
  }
}
