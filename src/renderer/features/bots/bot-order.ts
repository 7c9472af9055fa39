import { z } from 'zod';
import { type BotState, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { FEED_BADNESS } from '../../stores/feeds-summary.ts';
import type { InstrumentFeed } from '../../stores/market-store.ts';
import { fitsWords } from '../../ui/fits-words.ts';
import { nextSorting, type OrderValue, orderRows } from '../../ui/row-order.ts';
import type { Sorting } from '../../ui/table.tsx';

/** What the bots may be ordered by: how they were made, or a column. */
const BOT_ORDERS = [
  ...(['created', 'name', 'strategy', 'instrument', 'state', 'feed', 'equity', 'today'] as const),
  ...(['realized', 'unrealized', 'drawdown', 'fees', 'fills', 'lastFill'] as const),
] as const;
export type BotOrder = (typeof BOT_ORDERS)[number];

export const botSortingSchema = z.object({
  key: z.enum(BOT_ORDERS),
  isDescending: z.boolean(),
});
export type BotSorting = z.infer<typeof botSortingSchema>;
export const AS_MADE: BotSorting = { key: 'created', isDescending: false };

/** What words and states begin with; figures begin with the largest. */
const ASCENDING: ReadonlySet<string> = new Set(['name', 'strategy', 'instrument']);

export const nextBotSorting = (current: BotSorting, key: string): BotSorting =>
  botSortingSchema.parse(
    nextSorting(current, { key, isDescending: !ASCENDING.has(key) } satisfies Sorting, AS_MADE),
  );

/** Where bots run. */
export const BOT_PLACES = ['here', 'elsewhere'] as const;
export type BotPlace = (typeof BOT_PLACES)[number];

export interface BotFilter {
  /** Words, each of which is in the bot's name, its instrument or its strategy. */
  readonly search: string;
  readonly state: BotState | 'all';
  readonly place: BotPlace | 'all';
}
export const NO_FILTER: BotFilter = { search: '', state: 'all', place: 'all' };

export const isFiltered = ({ search, state, place }: BotFilter): boolean =>
  search.trim() !== '' || state !== 'all' || place !== 'all';

/** What the bots' rows are shown by, besides the bots themselves. */
export interface BotSurroundings {
  readonly feeds: Readonly<Record<InstrumentId, InstrumentFeed>>;
  readonly strategyName: (strategy: string) => string;
}

/** The ids of the bots that fit, in the order that is asked for. `bots` come as they were made. */
export function shownBotIds(
  bots: readonly BotRecord[],
  { filter, sorting }: { readonly filter: BotFilter; readonly sorting: BotSorting },
  surroundings: BotSurroundings,
): readonly string[] {
  const fitting = isFiltered(filter) ? bots.filter(fits(filter, surroundings)) : bots;
  const { key, isDescending } = sorting;
  const ordered =
    key === 'created'
      ? fitting
      : orderRows(fitting, (bot) => ORDER_VALUES[key](bot, surroundings), isDescending);
  return ordered.map(({ config }) => config.id);
}

function fits(
  { search, state, place }: BotFilter,
  { strategyName }: BotSurroundings,
): (bot: BotRecord) => boolean {
  const hasWords = fitsWords(search);
  return ({ config: { name, instrumentId, strategy }, status }) => {
    if (state !== 'all' && status.state !== state) return false;
    if (place !== 'all' && placeOf(strategy) !== place) return false;
    return hasWords([name, instrumentId, strategy, strategyName(strategy)].join(' '));
  };
}

export const placeOf = (strategy: string): BotPlace =>
  strategy === EXTERNAL_STRATEGY ? 'elsewhere' : 'here';

/** The more one has to look at it, the larger. */
const TROUBLE: Readonly<Record<BotState, number>> = {
  stopped: 0,
  paused: 1,
  running: 2,
  silent: 3,
  error: 4,
};

const NO_FEED = 1 + Math.max(...Object.values(FEED_BADNESS));

/** Money is exact; as a number it is near enough to be ordered by. */
const ORDER_VALUES: Readonly<
  Record<
    Exclude<BotOrder, 'created'>,
    (bot: BotRecord, surroundings: BotSurroundings) => OrderValue
  >
> = {
  name: ({ config }) => config.name,
  strategy: ({ config }, { strategyName }) => strategyName(config.strategy),
  instrument: ({ config }) => symbolOf(config.instrumentId),
  state: ({ status }) => TROUBLE[status.state],
  feed({ config }, { feeds }) {
    const feed = feeds[config.instrumentId];
    return feed === undefined ? NO_FEED : FEED_BADNESS[feed.state.kind];
  },
  equity: ({ status }) => Number(status.equity),
  today: ({ status }) => Number(status.pnlToday),
  realized: ({ status }) => Number(status.realizedPnl),
  unrealized: ({ status }) => Number(status.unrealizedPnl),
  drawdown: ({ status }) => Number(status.drawdown),
  fees: ({ status }) => Number(status.fees),
  fills: ({ status }) => status.fillCount,
  lastFill: ({ status }) => status.lastFillTime,
};
