import type { SweepFigures } from '#contract/backtest-sweep.ts';
import { formatCount, NOTHING } from '../../ui/format.ts';
import { SignedMoney, SignedPercent } from '../../ui/signed.tsx';
import { formatRatio, formatShare } from './figure-text.ts';
import type { RunColumn } from './sweep-order.ts';

export interface RunFigureProps {
  /** Null where the bot could not run so. */
  readonly figures: SweepFigures | null;
  readonly of: RunColumn;
}

/** One figure of a run as it is written. */
export function RunFigure({ figures, of }: RunFigureProps) {
  if (figures === null) return NOTHING;
  switch (of) {
    case 'pnl':
    case 'expectancy':
      return <SignedMoney value={figures[of]} />;
    case 'returnPercent':
      return <SignedPercent value={figures[of]} />;
    case 'drawdownPercent':
    case 'winRatePercent':
      return formatShare(figures[of]);
    case 'sharpe':
    case 'sortino':
    case 'profitFactor':
      return formatRatio(figures[of]);
    case 'trips':
    case 'fills':
      return formatCount(figures[of]);
  }
}
