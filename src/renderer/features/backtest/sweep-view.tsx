import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BacktestView } from '#contract/backtest-requests.ts';
import type { SweepReport, SweepRun } from '#contract/backtest-sweep.ts';
import { useActions } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useStrategies } from '../bots/use-strategies.ts';
import styles from './backtest.module.css';
import { HeatMap } from './heat-map.tsx';
import { runDraft } from './run-draft.ts';
import { SweepNotes } from './sweep-notes.tsx';
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
      <SweepNotes sweep={sweep} />
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

/** The words that the strategy has for its parameters; their names until they are known. */
function useParameterNames({ bot }: BacktestView): (name: string) => string {
  const { strategies } = useStrategies();
  const parameters = strategies?.find(({ id }) => id === bot.strategy)?.parameters;
  return (name) => parameters?.find((one) => one.name === name)?.label ?? name;
}
