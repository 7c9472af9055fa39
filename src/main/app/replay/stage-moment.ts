import { BOT_TOPICS, channel } from '#contract/channels.ts';
import type { Publishable } from '#contract/publications.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { SavedAlerts } from '#main/alerts/alert-engine.ts';
import type { SavedBots } from '#main/bots/bot-moments.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { SavedMarket } from '#main/market/instrument-market.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { DatabaseImage } from '#main/storage/database-image.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { bytesOfBook, type PackedBook, packBook, unpackBook } from './packed-book.ts';

type MarketMoment = Omit<SavedMarket, 'book'> & { readonly book: PackedBook | null };

/** A stage as it stood between two events, to be composed anew from. */
export interface StageMoment {
  readonly ledger: DatabaseImage;
  /** What bots and alert rules know of it. */
  readonly markets: ReadonlyMap<InstrumentId, MarketMoment>;
  readonly bots: SavedBots;
  readonly alerts: SavedAlerts;
  readonly fillCount: number;
  readonly alertCount: number;
}

/** Of a market that is asked for the candle in progress alone. */
const SAVED_CANDLES = 10;

export const savedMarkets = (
  market: MarketData,
  instruments: readonly { readonly id: InstrumentId }[],
): StageMoment['markets'] =>
  new Map(
    instruments.map(({ id }) => {
      const { book, ...saved } = market.of(id).save(SAVED_CANDLES);
      return [id, { ...saved, book: book ? packBook(book) : null }];
    }),
  );

/** Of one that has seen nothing yet: it goes on from there. */
export function resumeMarkets(market: MarketData, markets: StageMoment['markets']): void {
  for (const [id, { book, ...saved }] of markets) {
    market.of(id).resume({ ...saved, book: book ? unpackBook(book) : undefined });
  }
}

/** Of what is kept of a stage beside its ledger and its books. */
const MOMENT_BYTES = 32_768;

/** About what is held for a moment alone. */
export const bytesOfMoment = ({ ledger, markets }: StageMoment): number =>
  [...markets.values()].reduce(
    (sum, { book }) => sum + (book ? bytesOfBook(book) : 0),
    ledger.ownBytes + MOMENT_BYTES,
  );

/** As many as a newcomer to a channel is shown. */
const SHOWN_PUBLICATIONS = 100;

/** What was told of bots and alerts up to then, to be told on the channels of a new run. */
export function toldBefore(
  { channelLog }: Pick<Ledger, 'channelLog'>,
  fleet: Pick<Fleet, 'list'>,
): readonly Publishable[] {
  const views = fleet.list();
  const names = views.flatMap(({ config }) => BOT_TOPICS.map((of) => channel.bot(config.id, of)));
  const logged = [...names, channel.alerts].flatMap((name) =>
    channelLog.recent(name, SHOWN_PUBLICATIONS).map(({ data }) => data),
  );
  const standing = views.flatMap(({ status, position }): Publishable[] => [
    { of: 'position', position },
    { of: 'botStatus', status },
  ]);
  return [...logged, ...standing];
}
