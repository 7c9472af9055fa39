import type { TapeWork, TapeWorkEnd, TapeWorkReport } from './tape-work.ts';

/** What a tape worker is born with. */
export interface TapeWorkerBirth {
  readonly work: TapeWork;
  readonly tapePath: string;
  readonly progressEveryMs: number;
}

export type FromTapeWorker =
  | { readonly kind: 'progress'; readonly report: TapeWorkReport }
  | { readonly kind: 'end'; readonly end: TapeWorkEnd };
