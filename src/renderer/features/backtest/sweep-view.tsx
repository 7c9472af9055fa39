import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestView } from '#contract/backtest-requests.ts';
import type { SweepReport, SweepRun } from '#contract/backtest-sweep.ts';
import { useActions } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatFullDateTime } from '../../ui/format.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useStrategies } from '../bots/use-strategies.ts';
import styles from './backtest.module.css';
import { HeatMap } from './heat-map.tsx';
import { runDraft } from './run-draft.ts';
import { variedParams } from './sweep-order.ts';
import { SweepTable } from './sweep-table.tsx';

const cx = bindClassNames(styles);

export interface SweepViewProps {
  readonly backtest: BacktestView;
  readonly sweep: SweepReport;
  /** Shows another backtest. */
  readonly onOpen: (backtestId: string) => void;
}

type SweepTab = 'ranking' | 'heat';

/** Every combination that was tried, ranked; choosing one plays it on its own. */
export function SweepView({ backtest, sweep, onOpen }: SweepViewProps) {
  const { t } = useTranslation('backtest');
  const { backtests } = useActions();
  const { isBusy, error, run } = useCommand();
  const [tab, setTab] = useState<SweepTab>('ranking');
  const params = useMemo(() => variedParams(sweep.runs), [sweep.runs]);
  const nameOf = useParameterNames(backtest);
  const tabs: readonly Tab<SweepTab>[] = [
    { key: 'ranking', label: t('tabs.ranking'), count: sweep.runs.length },
    ...(params.length < 2 ? [] : [{ key: 'heat' as const, label: t('tabs.heat') }]),
  ];
  const play = (one: SweepRun) => {
    if (isBusy) return;
    void run(async () => {
      const started = await backtests.start(runDraft(backtest, one, params));
      if (started.ok) onOpen(started.value.id);
      return started;
    });
  };
  return (
    <>
      <div className={cx('tabs')}>
        <Tabs label={t('tabs.label')} tabs={tabs} selected={tab} onSelect={setTab} />
      </div>
      <Notes sweep={sweep} />
      {error !== null && (
        <p className={cx('failure')} role="alert">
          {error}
        </p>
      )}
      <div className={cx('body')}>
        {tab === 'ranking' ? (
          <SweepTable onPlay={play} {...{ sweep, params, nameOf }} />
        ) : (
          <HeatMap onPlay={play} {...{ sweep, params, nameOf }} />
        )}
      </div>
    </>
  );
}

/** What the ranking rests on, and how far it is to be trusted. */
function Notes({ sweep }: { readonly sweep: SweepReport }) {
  const { t } = useTranslation('backtest');
  const { fromTime, toTime, holdoutTime, warnings } = sweep;
  return (
    <div className={cx('notes')} data-testid="backtest-notes">
      <p className={cx('source')}>
        {t('range', { from: formatFullDateTime(fromTime), to: formatFullDateTime(toTime) })}
        {holdoutTime !== null &&
          ` · ${t('heldOutFrom', { time: formatFullDateTime(holdoutTime) })}`}
      </p>
      <ul className={cx('warnings')}>
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </div>
  );
}

/** The words that the strategy has for its parameters; their names until they are known. */
function useParameterNames({ bot }: BacktestView): (name: string) => string {
  const { strategies } = useStrategies();
  const parameters = strategies?.find(({ id }) => id === bot.strategy)?.parameters;
  return (name) => parameters?.find((one) => one.name === name)?.label ?? name;
}
