import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestView } from '#contract/backtest-requests.ts';
import { symbolOf } from '#domain/instrument.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { isUnfinished } from '../../stores/backtest-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './backtest.module.css';
import { BacktestActions } from './backtest-actions.tsx';
import { BacktestProgress, BacktestStanding } from './backtest-standing.tsx';
import { ReportView } from './report-view.tsx';
import { SweepView } from './sweep-view.tsx';
import { type OutcomeState, useOutcome } from './use-outcome.ts';

const cx = bindClassNames(styles);

export interface BacktestDetailProps {
  readonly backtest: BacktestView;
  /** Shows another one. */
  readonly onOpen: (backtestId: string) => void;
  /** Opens a form with the same. */
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** One backtest: how far it is, or what came of it. */
export function BacktestDetail({ backtest, onOpen, onAgain, onClose }: BacktestDetailProps) {
  const { t } = useTranslation('backtest');
  const words = useHubWords();
  const { bot, state, error } = backtest;
  const found = useOutcome(backtest);
  const ref = useRef<HTMLElement>(null);
  // What led here may be gone, a form or a run's row: the keyboard goes on from where one looks.
  useEffect(() => {
    if (document.activeElement === document.body) ref.current?.focus();
  }, []);
  return (
    <section
      ref={ref}
      tabIndex={-1}
      className={cx('detail')}
      aria-label={t('detail', { name: bot.name })}
      data-testid="backtest-detail"
      data-state={state}
    >
      <header className={cx('head')}>
        <strong className={cx('name')} title={bot.name}>
          {bot.name}
        </strong>
        <BacktestStanding backtest={backtest} />
        <BacktestProgress backtest={backtest} />
        <span className={cx('dim')}>{symbolOf(bot.instrumentId)}</span>
        <span className={cx('actions')}>
          <BacktestActions
            {...{ backtest, onAgain }}
            report={found.outcome?.report ?? null}
            sweep={found.outcome?.sweep ?? null}
          />
          <Button variant="quiet" aria-label={t('close')} onClick={onClose}>
            ✕
          </Button>
        </span>
      </header>
      <LiveText text={t('standing', { name: bot.name, state: t(`states.${state}`) })} />
      {error !== null && (
        <p className={cx('failure')} role="alert" data-testid="backtest-error">
          {words(error)}
        </p>
      )}
      <div className={cx('outcome')}>
        <Outcome {...{ backtest, found, onOpen }} />
      </div>
    </section>
  );
}

interface OutcomeProps extends Pick<BacktestDetailProps, 'backtest' | 'onOpen'> {
  readonly found: OutcomeState;
}

function Outcome({ backtest, found, onOpen }: OutcomeProps) {
  const { t } = useTranslation('backtest');
  const { state, progress, runs, runsDone } = backtest;
  if (isUnfinished(backtest)) {
    const percent = Math.floor(progress * 100);
    const words =
      runs > 1
        ? t('runsDone', { done: formatCount(runsDone), runs: formatCount(runs) })
        : t('percent', { percent });
    return <EmptyState text={state === 'queued' ? t('queued') : words} />;
  }
  if (state === 'canceled') return <EmptyState text={t('canceled')} />;
  if (found.error !== null) return <EmptyState text={found.error} />;
  if (found.outcome === null) return <EmptyState text={t('waiting')} />;
  const { report, sweep } = found.outcome;
  if (sweep !== null) return <SweepView {...{ backtest, sweep, onOpen }} />;
  if (report !== null) return <ReportView report={report} />;
  return <EmptyState text={t('nothing')} />;
}
