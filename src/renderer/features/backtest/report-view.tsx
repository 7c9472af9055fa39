import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { BotParameters } from '../bots/bot-parameters.tsx';
import styles from './backtest.module.css';
import { DaysTable } from './days-table.tsx';
import { ReportFigures } from './report-figures.tsx';
import { ReportLog } from './report-log.tsx';
import { ReportPlot } from './report-plot.tsx';
import { SourceText } from './source-text.tsx';
import { TripsTable } from './trips-table.tsx';

const cx = bindClassNames(styles);

type ReportTab = 'summary' | 'trips' | 'days' | 'log' | 'parameters';

/** What the backtest of one bot tells. */
export function ReportView({ report }: { readonly report: BacktestReport }) {
  const { t } = useTranslation('backtest');
  const [tab, setTab] = useState<ReportTab>('summary');
  const tabs: readonly Tab<ReportTab>[] = [
    { key: 'summary', label: t('tabs.summary') },
    { key: 'trips', label: t('tabs.trips'), count: report.trades.count },
    { key: 'days', label: t('tabs.days'), count: report.days.length },
    { key: 'log', label: t('tabs.log'), count: report.logs.length },
    { key: 'parameters', label: t('tabs.parameters') },
  ];
  return (
    <>
      <div className={cx('tabs')}>
        <Tabs label={t('tabs.label')} tabs={tabs} selected={tab} onSelect={setTab} />
      </div>
      {report.error !== null && (
        <p className={cx('failure')} role="alert">
          {t('stoppedEarly', { error: report.error })}
        </p>
      )}
      <div className={cx('body')}>
        {tab === 'summary' && <Summary report={report} />}
        {tab === 'trips' && <TripsTable report={report} />}
        {tab === 'days' && <DaysTable days={report.days} />}
        {tab === 'log' && <ReportLog logs={report.logs} />}
        {tab === 'parameters' && <BotParameters config={report.bot} />}
      </div>
    </>
  );
}

function Summary({ report }: { readonly report: BacktestReport }) {
  const { t } = useTranslation('backtest');
  return (
    <div className={cx('summary')}>
      <SourceText report={report} />
      {report.curve.times.length < 2 ? (
        <EmptyState text={t('noCurve')} />
      ) : (
        <ReportPlot curve={report.curve} />
      )}
      <ReportFigures report={report} />
    </div>
  );
}
