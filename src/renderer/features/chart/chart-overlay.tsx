import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { CandleState } from './candle-follower.ts';
import styles from './chart.module.css';

const cx = bindClassNames(styles);
const BONES = Array.from({ length: 48 }, (_, index) => ({
  key: index,
  height: `${34 + 22 * Math.sin(index / 5) + 9 * Math.sin(index * 1.7)}%`,
}));

export interface ChartOverlayProps {
  readonly hasInstrument: boolean;
  readonly state: CandleState;
  readonly onRetry: () => void;
}

/** What stands in place of the chart while there are no candles. */
export function ChartOverlay({ hasInstrument, state, onRetry }: ChartOverlayProps) {
  if (hasInstrument && state.kind === 'ready') return null;
  return <div className={cx('overlay')}>{contentOf(hasInstrument, state, onRetry)}</div>;
}

function contentOf(hasInstrument: boolean, state: CandleState, onRetry: () => void) {
  if (!hasInstrument) return <EmptyState text="Select an instrument to see its chart." />;
  switch (state.kind) {
    case 'empty':
      return <EmptyState text="No trades yet: the first one starts the chart." />;
    case 'failed':
      return (
        <EmptyState
          text={`The candles could not be loaded: ${state.message}`}
          action={<Button onClick={onRetry}>Try again</Button>}
        />
      );
    case 'loading':
    case 'ready':
      return (
        <div className={cx('skeleton')} role="status" aria-label="Loading candles">
          {BONES.map(({ key, height }) => (
            <div key={key} className={cx('bone')} style={{ height }} />
          ))}
        </div>
      );
  }
}
