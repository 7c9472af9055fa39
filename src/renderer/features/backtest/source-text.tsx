import { useTranslation } from 'react-i18next';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount, formatFullDateTime } from '../../ui/format.ts';
import styles from './backtest.module.css';

const cx = bindClassNames(styles);

/** What was played, in a line. */
export function SourceText({ report }: { readonly report: BacktestReport }) {
  const { t } = useTranslation('backtest');
  const { source, played, fromTime, toTime } = report;
  const { trades, candles, gaps } = played;
  const parts = [
    t('range', { from: formatFullDateTime(fromTime), to: formatFullDateTime(toTime) }),
    t(`played.${source.kind}`),
    [source.name, source.interval].filter((one) => one !== null).join(' '),
    candles > 0
      ? t('played.amountOfCandles', { count: candles, amount: formatCount(candles) })
      : t('played.amountOfTrades', { count: trades, amount: formatCount(trades) }),
    gaps > 0 ? t('played.gaps', { count: gaps, amount: formatCount(gaps) }) : '',
  ];
  return <p className={cx('source')}>{parts.filter((part) => part !== '').join(' · ')}</p>;
}
