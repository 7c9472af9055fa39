import type { RequestResult } from '#contract/requests.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BacktestDraft } from './backtest-draft.ts';
import type { Recorded } from './source-draft.ts';

type TapeInfo = RequestResult<'tape.info'>;

/** What there is to play a bot over, on the tape and of imported candles. */
export type Playable = Pick<TapeInfo, 'instruments' | 'candles'>;

type Chosen = Pick<BacktestDraft, 'source'> & {
  readonly bot: { readonly instrumentId: InstrumentId };
};

/** The stretch that there is of what is chosen; undefined where there is none, or it is not known. */
export function stretchOf(
  { instruments, candles }: Playable,
  { bot, source }: Chosen,
): Recorded | undefined {
  const { instrumentId: id } = bot;
  if (source.kind === 'tape') return instruments.find(({ instrumentId }) => instrumentId === id);
  if (source.kind !== 'candles') return undefined;
  return candles.find(
    ({ instrumentId, interval }) => instrumentId === id && interval === source.interval,
  );
}

/** The instruments that a kind of source has, each once. */
export function instrumentsOf(
  { instruments, candles }: Playable,
  kind: 'tape' | 'candles',
): readonly InstrumentId[] {
  const series: readonly { readonly instrumentId: InstrumentId }[] =
    kind === 'tape' ? instruments : candles;
  return [...new Set(series.map(({ instrumentId }) => instrumentId))];
}

/** The intervals of which candles of an instrument were imported. */
export const intervalsOf = ({ candles }: Playable, id: InstrumentId): readonly CandleInterval[] =>
  candles.filter(({ instrumentId }) => instrumentId === id).map(({ interval }) => interval);
