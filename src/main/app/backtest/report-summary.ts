import type { BacktestReport } from '#contract/backtest-report.ts';

const PERCENT_DECIMALS = 2;
const RATIO_DECIMALS = 3;

const fixed = (value: number | null, decimals: number, unit = ''): string =>
  value === null ? 'not known' : `${value.toFixed(decimals)}${unit}`;
export const percentText = (value: number | null): string => fixed(value, PERCENT_DECIMALS, ' %');
export const ratioText = (value: number | null): string => fixed(value, RATIO_DECIMALS);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** In its two largest units: `3 d 4 h`, `12 min 5 s`. */
export function durationText(durationMs: number | null): string {
  if (durationMs === null) return 'not known';
  const units = [
    [DAY_MS, 'd'],
    [HOUR_MS, 'h'],
    [MINUTE_MS, 'min'],
    [SECOND_MS, 's'],
  ] as const;
  const first = units.findIndex(([ms]) => durationMs >= ms);
  if (first < 0) return `${Math.round(durationMs)} ms`;
  let left = durationMs;
  const parts: string[] = [];
  for (const [ms, name] of units.slice(first, first + 2)) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.join(' ');
}

/** What a run came to, for a terminal. */
export function summaryOf(report: BacktestReport): string[] {
  const { drawdown, trades, buyAndHold, returns } = report;
  return [
    `return ${percentText(report.returnPercent)}, ` +
      (buyAndHold
        ? `buying and holding ${percentText(buyAndHold.returnPercent)}`
        : 'no price seen'),
    `max drawdown ${drawdown.value} (${percentText(drawdown.percent)}) over ` +
      `${durationText(drawdown.durationMs)}, exposure ${percentText(report.exposurePercent)}`,
    `Sharpe ${ratioText(report.sharpe)}, Sortino ${ratioText(report.sortino)} ` +
      `(of ${returns.count} periods of ${durationText(returns.periodMs)}, annualised)`,
    `${trades.count} round trips, ${percentText(trades.winRatePercent)} won, profit factor ` +
      `${ratioText(trades.profitFactor)}, expectancy ${trades.expectancy ?? 'not known'}`,
  ];
}
