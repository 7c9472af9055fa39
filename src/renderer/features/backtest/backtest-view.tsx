import { useTranslation } from 'react-i18next';
import { useBacktests } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import styles from './backtest.module.css';
import { BacktestDetail } from './backtest-detail.tsx';
import { backtestDraftOf } from './backtest-draft.ts';
import { BacktestForm } from './backtest-form.tsx';
import { BacktestList } from './backtest-list.tsx';
import type { Beside } from './beside.ts';

const cx = bindClassNames(styles);

export interface BacktestViewProps {
  readonly beside: Beside;
  readonly onBeside: (beside: Beside) => void;
}

/** All backtests, and beside them the chosen one or a form. */
export function BacktestView({ beside, onBeside }: BacktestViewProps) {
  const { t } = useTranslation('backtest');
  const backtests = useBacktests((state) => state.backtests);
  const error = useBacktests((state) => state.error);
  const chosen =
    beside?.kind === 'backtest' ? backtests?.find(({ id }) => id === beside.backtestId) : undefined;
  const open = (backtestId: string) => onBeside({ kind: 'backtest', backtestId });
  const isSplit = beside?.kind === 'form' || chosen !== undefined;
  if (backtests === null) return <EmptyState text={error ?? t('waiting')} />;
  return (
    <div className={cx('view', isSplit && 'split')}>
      <div className={cx('side')}>
        {error !== null && (
          <p className={cx('error')} role="alert">
            {error}
          </p>
        )}
        {backtests.length === 0 ? (
          <EmptyState
            text={t('none')}
            action={
              beside === null && (
                <Button onClick={() => onBeside({ kind: 'form', draft: null })}>{t('new')}</Button>
              )
            }
          />
        ) : (
          <BacktestList backtests={backtests} chosenId={chosen?.id ?? null} onChoose={open} />
        )}
      </div>
      {beside?.kind === 'form' && (
        <BacktestForm draft={beside.draft} onStarted={open} onClose={() => onBeside(null)} />
      )}
      {chosen !== undefined && (
        <BacktestDetail
          key={chosen.id}
          backtest={chosen}
          onOpen={open}
          onAgain={() => onBeside({ kind: 'form', draft: backtestDraftOf(chosen) })}
          onClose={() => onBeside(null)}
        />
      )}
    </div>
  );
}
