import { z } from 'zod';
import type { MarkedPosition } from '#contract/model.ts';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import { type BotRecord, positionsOf } from '../../stores/bot-store.ts';
import { fitsWords } from '../../ui/fits-words.ts';
import { signOf } from '../../ui/format.ts';
import { nextSorting, type OrderValue, orderRows } from '../../ui/row-order.ts';
import { knownProfit } from './known-profit.ts';

/** What positions may be ordered by: how their bots were made, or a column. */
const POSITION_ORDERS = [
  ...(['created', 'bot', 'instrument', 'side', 'quantity', 'entry', 'last'] as const),
  ...(['unrealized', 'realized', 'fees'] as const),
] as const;
type PositionOrder = (typeof POSITION_ORDERS)[number];

export const positionSortingSchema = z.object({
  key: z.enum(POSITION_ORDERS),
  isDescending: z.boolean(),
});
export type PositionSorting = z.infer<typeof positionSortingSchema>;
export const AS_MADE: PositionSorting = { key: 'created', isDescending: false };

const ASCENDING: ReadonlySet<string> = new Set(['bot', 'instrument']);

export const nextPositionSorting = (current: PositionSorting, key: string): PositionSorting =>
  positionSortingSchema.parse(
    nextSorting(current, { key, isDescending: !ASCENDING.has(key) }, AS_MADE),
  );

export const POSITION_KINDS = ['open', 'all'] as const;
type PositionKind = (typeof POSITION_KINDS)[number];

export interface PositionFilter {
  /** Words of the bot's name or the instrument. */
  readonly search: string;
  /** Flat ones as well, for what they have realised. */
  readonly kind: PositionKind;
}
export const OPEN_ONLY: PositionFilter = { search: '', kind: 'open' };
export const ALL_POSITIONS: PositionFilter = { search: '', kind: 'all' };

export type PriceOf = (id: InstrumentId) => number | null;

/** A bot in one of its instruments. */
export interface PositionPlace {
  readonly botId: string;
  readonly instrumentId: InstrumentId;
}

interface Held {
  readonly config: Pick<BotRecord['config'], 'id' | 'name' | 'strategy'>;
  readonly position: MarkedPosition;
}

/** The positions that fit, in the order that is asked for. `bots` come as they were made. */
export function shownPositions(
  bots: readonly BotRecord[],
  {
    filter: { search, kind },
    sorting: { key, isDescending },
  }: { readonly filter: PositionFilter; readonly sorting: PositionSorting },
  priceOf: PriceOf,
): readonly PositionPlace[] {
  const fits = fitsWords(search);
  const all = bots.flatMap((bot) =>
    positionsOf(bot).map((position): Held => ({ config: bot.config, position })),
  );
  const fitting = all.filter(
    ({ config, position }) =>
      (kind === 'all' || signOf(position.quantity) !== 0) &&
      fits(`${config.name} ${position.instrumentId}`),
  );
  const ordered =
    key === 'created'
      ? fitting
      : orderRows(fitting, (held) => ORDER_VALUES[key](held, priceOf), isDescending);
  return ordered.map(({ config, position: { instrumentId } }) => ({
    botId: config.id,
    instrumentId,
  }));
}

/** Money is exact; as a number it is near enough to be ordered by. */
const ORDER_VALUES: Readonly<
  Record<Exclude<PositionOrder, 'created'>, (held: Held, priceOf: PriceOf) => OrderValue>
> = {
  bot: ({ config }) => config.name,
  instrument: ({ position }) => symbolOf(position.instrumentId),
  side: ({ position }) => signOf(position.quantity),
  quantity: ({ position }) => Number(position.quantity),
  entry: ({ position }) => (position.averagePrice === null ? null : Number(position.averagePrice)),
  last: ({ position }, priceOf) => priceOf(position.instrumentId),
  unrealized: ({ config, position }, priceOf) => {
    const profit = knownProfit(config, position, priceOf(position.instrumentId));
    return profit === null ? null : Number(profit);
  },
  realized: ({ position }) => Number(position.realizedPnl),
  fees: ({ position }) => Number(position.fees),
};
