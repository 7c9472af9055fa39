import type { BacktestDraft } from './backtest-draft.ts';

/** What stands beside the list: a form, which begins as the draft or empty, or one of them. */
export type Beside =
  | { readonly kind: 'form'; readonly draft: BacktestDraft | null }
  | { readonly kind: 'backtest'; readonly backtestId: string }
  | null;
