import type { RequestInput } from '#contract/requests.ts';
import type { ExportFormat } from '#contract/tape-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { fromTimeInput } from '../../ui/time-input.ts';

/** The form as typed. */
export interface ExportDraft {
  /** A path on the hub's machine. */
  readonly file: string;
  readonly format: ExportFormat;
  /** Empty: the first on the tape. */
  readonly instrument: string;
  /** Local times of an `input`. Empty: from the first trade, to the last. */
  readonly from: string;
  readonly to: string;
}

export const NEW_EXPORT: ExportDraft = {
  ...{ file: '', format: 'csv', instrument: '', from: '', to: '' },
};

const stretchOf = ({ from, to }: ExportDraft): [EpochMs | null, EpochMs | null] => [
  fromTimeInput(from) as EpochMs | null,
  fromTimeInput(to, 'last') as EpochMs | null,
];

/** Both ends are known, and the wrong way around. */
export function isBackwards(draft: ExportDraft): boolean {
  const [fromTime, toTime] = stretchOf(draft);
  return fromTime !== null && toTime !== null && fromTime >= toTime;
}

/** The draft as the hub takes it; null while something is missing or wrong. */
export function checkedExport(
  draft: ExportDraft,
  recorded: readonly InstrumentId[],
): RequestInput<'tape.export'> | null {
  const instrumentId = recorded.find((id) => id === draft.instrument) ?? recorded[0];
  if (draft.file === '' || instrumentId === undefined || isBackwards(draft)) return null;
  const [fromTime, toTime] = stretchOf(draft);
  return {
    ...{ instrumentId, format: draft.format, file: draft.file },
    ...(fromTime !== null && { fromTime }),
    ...(toTime !== null && { toTime }),
  };
}
