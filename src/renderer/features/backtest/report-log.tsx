import { useMemo } from 'react';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { LogLines } from '../bots/log-lines.tsx';

/** What the bot said while it was played, newest first. */
export function ReportLog({ logs }: Pick<BacktestReport, 'logs'>) {
  const entries = useMemo(() => logs.map((entry, seq) => ({ ...entry, seq })).toReversed(), [logs]);
  return <LogLines entries={entries} />;
}
