import { useTranslation } from 'react-i18next';
import type { BacktestState, BacktestView } from '#contract/backtest-requests.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './backtest.module.css';

const cx = bindClassNames(styles);

const TONES: Readonly<Record<BacktestState, BadgeTone>> = {
  ...{ queued: 'neutral', running: 'accent', done: 'up', canceled: 'neutral', failed: 'down' },
};

export interface BacktestStandingProps {
  readonly backtest: BacktestView;
}

/** Its state in a word. */
export function BacktestStanding({ backtest: { state, error } }: BacktestStandingProps) {
  const { t } = useTranslation('backtest');
  return (
    <Badge tone={TONES[state]} testId="backtest-state" {...(error !== null && { title: error })}>
      {t(`states.${state}`)}
    </Badge>
  );
}

/** How far it is, while it runs. */
export function BacktestProgress({ backtest: { bot, state, progress } }: BacktestStandingProps) {
  const { t } = useTranslation('backtest');
  if (state !== 'running') return null;
  return (
    <span className={cx('standing')}>
      <progress
        className={cx('progress')}
        aria-label={t('progressOf', { name: bot.name })}
        value={progress}
        max={1}
      />
      <span className={cx('dim')}>{t('percent', { percent: Math.floor(progress * 100) })}</span>
    </span>
  );
}
