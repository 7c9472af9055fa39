import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatDuration } from '../../ui/duration.ts';
import { formatCount, formatMoney, NOTHING } from '../../ui/format.ts';
import { SignedMoney, SignedPercent } from '../../ui/signed.tsx';
import styles from './backtest.module.css';
import { formatRatio, formatShare } from './figure-text.ts';

const cx = bindClassNames(styles);

const SECOND_MS = 1_000;
const lasted = (durationMs: number | null): string =>
  durationMs === null ? NOTHING : formatDuration(durationMs / SECOND_MS);

/** The figures of the report, by their plain names; what each means stands behind its name. */
export function ReportFigures({ report }: { readonly report: BacktestReport }) {
  return (
    <dl className={cx('figures')} data-testid="backtest-figures">
      <ResultFigures report={report} />
      <RiskFigures report={report} />
      <TripFigures report={report} />
    </dl>
  );
}

interface GroupProps {
  readonly report: BacktestReport;
}

function ResultFigures({ report }: GroupProps) {
  const { t } = useTranslation('backtest');
  const { buyAndHold, currency } = report;
  return (
    <>
      <Figure name="pnl" note={t('notes.afterFees', { currency })}>
        <SignedMoney value={report.pnl} />
      </Figure>
      <Figure
        name="returnPercent"
        note={t('notes.of', { value: formatMoney(report.initialEquity) })}
      >
        <SignedPercent value={report.returnPercent} />
      </Figure>
      <Figure
        name="buyAndHold"
        note={t('notes.drawdown', { value: formatShare(buyAndHold?.drawdown.percent ?? null) })}
      >
        <SignedPercent value={buyAndHold?.returnPercent} />
      </Figure>
      <Figure name="finalEquity" note={currency}>
        {formatMoney(report.finalEquity)}
      </Figure>
      <Figure
        name="fees"
        note={t('notes.fills', { count: report.fills, amount: formatCount(report.fills) })}
      >
        {formatMoney(report.fees)}
      </Figure>
    </>
  );
}

function RiskFigures({ report }: GroupProps) {
  const { t } = useTranslation('backtest');
  const { drawdown } = report;
  return (
    <>
      <Figure
        name="drawdownPercent"
        note={t('notes.during', {
          value: formatMoney(drawdown.value),
          duration: lasted(drawdown.durationMs),
        })}
      >
        {formatShare(drawdown.percent)}
      </Figure>
      <Figure name="sharpe" note={t('notes.yearly')}>
        {formatRatio(report.sharpe)}
      </Figure>
      <Figure name="sortino" note={t('notes.yearly')}>
        {formatRatio(report.sortino)}
      </Figure>
      <Figure name="exposure" note={t('notes.ofTheTime')}>
        {formatShare(report.exposurePercent)}
      </Figure>
    </>
  );
}

function TripFigures({ report: { trades } }: GroupProps) {
  const { t } = useTranslation('backtest');
  const { count, wins, losses } = trades;
  return (
    <>
      <Figure
        name="winRatePercent"
        note={t('notes.wins', { wins: formatCount(wins), losses: formatCount(losses) })}
      >
        {formatShare(trades.winRatePercent)}
      </Figure>
      <Figure
        name="profitFactor"
        note={t(losses === 0 && wins > 0 ? 'notes.nothingLost' : 'notes.wonOverLost')}
      >
        {formatRatio(trades.profitFactor)}
      </Figure>
      <Figure name="expectancy" note={t('notes.trips', { count, amount: formatCount(count) })}>
        <SignedMoney value={trades.expectancy} />
      </Figure>
      <Figure
        name="averageWin"
        note={t('notes.largest', { value: formatMoney(trades.largestWin, { signed: true }) })}
      >
        <SignedMoney value={trades.averageWin} />
      </Figure>
      <Figure
        name="averageLoss"
        note={t('notes.largest', { value: formatMoney(trades.largestLoss, { signed: true }) })}
      >
        <SignedMoney value={trades.averageLoss} />
      </Figure>
      <Figure name="averageDuration" note={t('notes.onAverage')}>
        {lasted(trades.averageDurationMs)}
      </Figure>
    </>
  );
}

type FigureName =
  | 'pnl'
  | 'returnPercent'
  | 'buyAndHold'
  | 'finalEquity'
  | 'fees'
  | 'drawdownPercent'
  | 'sharpe'
  | 'sortino'
  | 'exposure'
  | 'winRatePercent'
  | 'profitFactor'
  | 'expectancy'
  | 'averageWin'
  | 'averageLoss'
  | 'averageDuration';

interface FigureProps {
  readonly name: FigureName;
  readonly note: string;
  readonly children: ReactNode;
}

function Figure({ name, note, children }: FigureProps) {
  const { t } = useTranslation('backtest');
  return (
    <div className={cx('figure')} title={t(`figures.${name}.title`)}>
      <dt className={cx('label')}>{t(`figures.${name}.label`)}</dt>
      <dd className={cx('value')} data-testid={`figure-${name}`}>
        {children}
      </dd>
      <dd className={cx('note')}>{note}</dd>
    </div>
  );
}
