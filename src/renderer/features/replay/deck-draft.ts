import { deckOfInstrument } from '#contract/decks.ts';
import type { RequestInput, RequestResult } from '#contract/requests.ts';
import { type BotConfig, EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { translator } from '../../i18n/i18n.ts';
import { isWholePath } from '../../ui/file-path.ts';
import { fromTimeInput, toTimeInput } from '../../ui/time-input.ts';

const t = translator('replay');

/** What there is of one instrument on the tape. */
export type Recorded = RequestResult<'tape.info'>['instruments'][number];
export type DeckAlerts = 'none' | 'live';

/** The form as typed: what is played, by whom, and what is told of it. */
export interface DeckDraft {
  readonly kind: 'tape' | 'file';
  readonly instruments: readonly InstrumentId[];
  /** Local times of an `input`. */
  readonly from: string;
  readonly to: string;
  /** A path on the hub's machine. */
  readonly file: string;
  /** Those that are copied, as far as the deck plays their instruments. */
  readonly botIds: readonly string[];
  readonly alerts: DeckAlerts;
  readonly notify: boolean;
}

export interface DeckErrors {
  readonly from: string | null;
  readonly file: string | null;
}

/** Offered first: the last hour is what one mostly wants to see again. */
const OFFERED_MS = 3_600_000;

export function newDeckDraft(recorded: readonly Recorded[]): DeckDraft {
  const offered = recorded.slice(0, 1);
  return {
    ...{ kind: 'tape', file: '', botIds: [], alerts: 'none', notify: false },
    instruments: offered.map(({ instrumentId: id }) => id),
    ...offeredRange(offered),
  };
}

/** With an instrument more or less, and the range of those that are chosen then. */
export function withToggled(
  draft: DeckDraft,
  id: InstrumentId,
  recorded: readonly Recorded[],
): DeckDraft {
  const instruments = toggled(draft.instruments, id);
  const played = recorded.filter((one) => instruments.includes(one.instrumentId));
  return { ...draft, instruments, ...offeredRange(played) };
}

export const toggled = <T>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

function offeredRange(recorded: readonly Recorded[]): Pick<DeckDraft, 'from' | 'to'> {
  if (recorded.length === 0) return { from: '', to: '' };
  const first = Math.min(...recorded.map(({ firstTime }) => firstTime));
  // Exclusive: the last trade belongs to it.
  const last = Math.max(...recorded.map(({ lastTime }) => lastTime)) + 1_000;
  return { from: toTimeInput(Math.max(first, last - OFFERED_MS)), to: toTimeInput(last) };
}

/** What is wrong, by field; null where nothing is. */
export function deckErrors({ kind, from, to, file }: DeckDraft): DeckErrors {
  if (kind === 'file') return { from: null, file: isWholePath(file) ? null : t('form.wrongFile') };
  const [fromTime, toTime] = [fromTimeInput(from), fromTimeInput(to, 'last')];
  const isWrong = fromTime === null || toTime === null || fromTime >= toTime;
  return { from: isWrong ? t('form.wrongRange') : null, file: null };
}

export function canOpen(draft: DeckDraft): boolean {
  const { from, file } = deckErrors(draft);
  return from === null && file === null && (draft.kind === 'file' || draft.instruments.length > 0);
}

interface Configured {
  readonly config: BotConfig;
}

/** The bots of ours that the deck can have a copy of; which instruments a file has is not known. */
export function copyable<T extends Configured>(
  { kind, instruments }: Pick<DeckDraft, 'kind' | 'instruments'>,
  bots: readonly T[],
): readonly T[] {
  return bots.filter(({ config }) => {
    if (config.strategy === EXTERNAL_STRATEGY) return false;
    if (deckOfInstrument(config.instrumentId) !== undefined) return false;
    return kind === 'file' || instruments.includes(config.instrumentId);
  });
}

/** The draft as the hub takes it. Only for one that `canOpen`. */
export function checkedDeck(
  draft: DeckDraft,
  bots: readonly Configured[],
): RequestInput<'replay.open'> {
  const { kind, instruments, from, to, file, botIds, alerts, notify } = draft;
  const copies = copyable(draft, bots)
    .filter(({ config }) => botIds.includes(config.id))
    .map(({ config }) => copyOf(config));
  if (kind === 'file') {
    return { file: file.trim(), bots: copies.map(inRecording), alerts, notify };
  }
  return {
    instruments: [...instruments],
    ...{ fromTime: fromTimeInput(from) as EpochMs, toTime: fromTimeInput(to, 'last') as EpochMs },
    ...{ bots: copies, alerts, notify },
  };
}

type DeckBot = NonNullable<RequestInput<'replay.open'>['bots']>[number];

/** All that the user decided about the bot, with the cash that it began with; its past stays behind. */
function copyOf(config: BotConfig): DeckBot {
  const { id: _id, createdTime: _created, archivedTime: _archived, ...decided } = config;
  return { ...decided, params: { ...decided.params } };
}

/** A recording is an exchange of its own, with the symbols of the one that it was taken from. */
const inRecording = (bot: DeckBot): DeckBot => ({
  ...bot,
  instrumentId: instrumentId('replay', symbolOf(bot.instrumentId)),
});
