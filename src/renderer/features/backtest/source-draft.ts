import type { BacktestView } from '#contract/backtest-requests.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { translator } from '../../i18n/i18n.ts';
import { isWholePath } from '../../ui/file-path.ts';
import { fromTimeInput, toTimeInput } from '../../ui/time-input.ts';

const t = translator('backtest');

type SourceWish = RequestInput<'backtests.start'>['source'];
type SourceKind = SourceWish['kind'];

/** What is played, as typed. */
export interface SourceDraft {
  readonly kind: SourceKind;
  /** As an `input` for a local time has them; empty for all that there is. */
  readonly from: string;
  readonly to: string;
  /** Of imported candles. */
  readonly interval: CandleInterval;
  /** A path on the hub's machine. */
  readonly file: string;
  /** Whose source is taken, where it is that of another backtest. */
  readonly likeId: string;
}

export const newSourceDraft = (): SourceDraft => ({
  ...{ kind: 'tape', from: '', to: '', interval: '1m', file: '', likeId: '' },
});

interface Stretch {
  readonly fromTime?: EpochMs | undefined;
  readonly toTime?: EpochMs | undefined;
}

/** A stretch of the tape; without one, all that there is. */
export const tapeDraft = (stretch: Stretch | null): SourceDraft => ({
  ...newSourceDraft(),
  from: inputOf(stretch?.fromTime),
  to: inputOf(stretch?.toTime),
});

/** That of a backtest: a file's place is not told, so that its source is taken as it was. */
export function sourceDraftOf({ id, source }: Pick<BacktestView, 'id' | 'source'>): SourceDraft {
  const draft = newSourceDraft();
  if (source.kind === 'recording' || source.kind === 'candleFile') {
    return { ...draft, kind: 'sameAs', likeId: id };
  }
  const { kind, fromTime, toTime } = source;
  return {
    ...{ ...draft, kind, from: inputOf(fromTime), to: inputOf(toTime) },
    interval: source.kind === 'candles' ? source.interval : draft.interval,
  };
}

const inputOf = (time: EpochMs | undefined): string =>
  time === undefined ? '' : toTimeInput(time);

/** A stretch of one instrument that there is. */
export interface Recorded {
  readonly firstTime: EpochMs;
  readonly lastTime: EpochMs;
}

const SECOND_MS = 1_000;

/** From the first to behind the last that there is; empty where there is nothing. */
export const wholeStretch = (recorded: Recorded | undefined): Pick<SourceDraft, 'from' | 'to'> =>
  recorded === undefined
    ? { from: '', to: '' }
    : // Exclusive: the last second belongs to it.
      { from: toTimeInput(recorded.firstTime), to: toTimeInput(recorded.lastTime + SECOND_MS) };

export const hasStretch = (kind: SourceKind): boolean => kind !== 'recording' && kind !== 'sameAs';
export const isFile = (kind: SourceKind): boolean => kind === 'recording' || kind === 'candleFile';

/** What is wrong, by field, null where nothing is. */
export function sourceErrors(draft: SourceDraft): readonly [string, string | null][] {
  const { kind, file } = draft;
  return [
    ['file', isFile(kind) && !isWholePath(file) ? t('errors.file') : null],
    ...(hasStretch(kind) ? stretchErrors(draft) : []),
  ];
}

function stretchErrors({ from, to }: SourceDraft): readonly [string, string | null][] {
  const [fromTime, toTime] = [fromTimeInput(from), fromTimeInput(to, 'last')];
  const timeError = (text: string, time: number | null) =>
    text !== '' && time === null ? t('errors.time') : null;
  const isBackwards = fromTime !== null && toTime !== null && fromTime >= toTime;
  return [
    ['from', timeError(from, fromTime) ?? (isBackwards ? t('errors.backwards') : null)],
    ['to', timeError(to, toTime)],
  ];
}

/** As the hub takes it. Only of a draft without errors. */
export function checkedSource(draft: SourceDraft): SourceWish {
  const { kind, interval, likeId } = draft;
  const file = draft.file.trim();
  switch (kind) {
    case 'tape':
      return { kind, ...stretchOf(draft) };
    case 'candles':
      return { kind, interval, ...stretchOf(draft) };
    case 'candleFile':
      return { kind, file, ...stretchOf(draft) };
    case 'recording':
      return { kind, file };
    case 'sameAs':
      return { kind, backtestId: likeId };
  }
}

function stretchOf({ from, to }: SourceDraft): { fromTime?: EpochMs; toTime?: EpochMs } {
  const [fromTime, toTime] = [fromTimeInput(from), fromTimeInput(to, 'last')];
  return {
    ...(fromTime !== null && { fromTime: fromTime as EpochMs }),
    ...(toTime !== null && { toTime: toTime as EpochMs }),
  };
}
