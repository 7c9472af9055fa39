import type { BacktestReport } from '#contract/backtest-report.ts';
import { durationText, percentText, ratioText } from '#main/backtest/page/report-text.ts';

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
