import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { BarState } from './bars/bar-source.ts';
import styles from './chart.module.css';

const cx = bindClassNames(styles);
const BONES = Array.from({ length: 48 }, (_, index) => ({
  key: index,
  height: `${34 + 22 * Math.sin(index / 5) + 9 * Math.sin(index * 1.7)}%`,
}));

export interface ChartOverlayProps {
  readonly hasInstrument: boolean;
  /** What was drawn of it is not true any more. */
  readonly isGone: boolean;
  readonly state: BarState;
  readonly onRetry: () => void;
}

/** What stands in place of the chart while there are no bars. */
export function ChartOverlay({ hasInstrument, isGone, state, onRetry }: ChartOverlayProps) {
  if (hasInstrument && !isGone && state.kind === 'ready') return null;
  return (
    <div className={cx('overlay')}>
      <Absence {...{ hasInstrument, isGone, state, onRetry }} />
    </div>
  );
}

function Absence({ hasInstrument, isGone, state, onRetry }: ChartOverlayProps) {
  const { t } = useTranslation(['chart', 'common']);
  if (!hasInstrument) return <EmptyState text={t('pickInstrument')} />;
  if (isGone) return <EmptyState text={t('common:gone')} />;
  switch (state.kind) {
    case 'empty':
      return <EmptyState text={t('noTrades')} />;
    case 'failed':
      return (
        <EmptyState
          text={t('failed', { message: state.message })}
          action={<Button onClick={onRetry}>{t('common:tryAgain')}</Button>}
        />
      );
    case 'loading':
    case 'ready':
      return (
        <div className={cx('skeleton')} role="status" aria-label={t('loading')}>
          {BONES.map(({ key, height }) => (
            <div key={key} className={cx('bone')} style={{ height }} />
          ))}
        </div>
      );
  }
}
