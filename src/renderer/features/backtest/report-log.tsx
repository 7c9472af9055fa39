import { useMemo, useState } from 'react';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { ALL_LINES } from '../bots/log-filter.ts';
import { LogLines } from '../bots/log-lines.tsx';

/** What the bot said while it was played, newest first. */
export function ReportLog({ logs }: Pick<BacktestReport, 'logs'>) {
  const entries = useMemo(() => logs.map((entry, seq) => ({ ...entry, seq })).toReversed(), [logs]);
  const [filter, setFilter] = useState(ALL_LINES);
  return <LogLines {...{ entries, filter }} onFilter={setFilter} />;
}
