import type { BacktestReport } from '#contract/backtest-report.ts';
import { type DecimalString, decimal } from '#domain/decimal.ts';
import { escapeHtml } from './escape-html.ts';
import {
  durationText,
  moneyText,
  percentText,
  priceText,
  ratioText,
  timeText,
} from './report-text.ts';

const COUNT = new Intl.NumberFormat('en');

/** One report: its figures, the places of its plots, its tables. */
export function reportArticle(report: BacktestReport, index: number): string {
  const { bot, fromTime, toTime, error } = report;
  const source = [report.source.kind, report.source.interval, report.source.name].filter(
    (part) => part !== null,
  );
  const { badLines = 0 } = report.source;
  const leftOut = badLines > 0 ? ` · ${COUNT.format(badLines)} bad lines left out` : '';
  const { trades, candles, gaps } = report.played;
  const played =
    candles > 0 ? `${COUNT.format(candles)} candles` : `${COUNT.format(trades)} trades`;
  return `<article>
<h1>${escapeHtml(bot.name)}</h1>
<p class="muted">${escapeHtml(`${bot.strategy} on ${bot.instrumentId} · ${source.join(' ')}`)} ·
${timeText(fromTime)} to ${timeText(toTime)} UTC · ${played} · ${gaps} gaps${leftOut}</p>
<p class="muted">${escapeHtml(JSON.stringify(bot.params))}</p>
${error === null ? '' : `<p class="error">It stopped with an error: ${escapeHtml(error)}</p>`}
<div class="figures">${figuresOf(report).join('')}</div>
<h2>Equity, in ${escapeHtml(report.currency)}</h2><div class="plot" id="equity${index}"></div>
<h2>Drawdown</h2><div class="plot" id="drawdown${index}"></div>
<h2>Days</h2>${daysTable(report)}
<h2>Round trips${report.trips.length < report.trades.count ? `, the last ${report.trips.length} of ${report.trades.count}` : ''}</h2>
${tripsTable(report)}
<p class="muted">Sharpe and Sortino ratio are of ${report.returns.count} returns over periods of
${durationText(report.returns.periodMs)}, times √${report.returns.periodsAYear} to a year, without a
riskless rate. Funding is not modelled.</p>
</article>`;
}

function figuresOf(report: BacktestReport): string[] {
  const { drawdown, trades, buyAndHold } = report;
  return [
    figure('Return', percentText(report.returnPercent), `${moneyText(report.pnl)} after fees`),
    figure(
      'Buy and hold',
      percentText(buyAndHold?.returnPercent ?? null),
      buyAndHold ? `drawdown ${percentText(buyAndHold.drawdown.percent)}` : '',
    ),
    figure('Final equity', moneyText(report.finalEquity), `of ${moneyText(report.initialEquity)}`),
    figure('Fees', moneyText(report.fees), `${COUNT.format(report.fills)} fills`),
    figure(
      'Max drawdown',
      percentText(drawdown.percent),
      `${moneyText(drawdown.value)} over ${durationText(drawdown.durationMs)}`,
    ),
    figure('Sharpe', ratioText(report.sharpe), 'annualised'),
    figure('Sortino', ratioText(report.sortino), 'annualised'),
    figure('Exposure', percentText(report.exposurePercent), 'of the time'),
    figure('Win rate', percentText(trades.winRatePercent), `${trades.wins} of ${trades.count}`),
    figure('Profit factor', ratioText(trades.profitFactor), 'won over lost'),
    figure('Expectancy', moneyText(trades.expectancy), 'a round trip, after fees'),
    figure('Round trip', durationText(trades.averageDurationMs), 'on average'),
  ];
}

const figure = (name: string, value: string, note: string): string =>
  `<div class="figure"><span>${name}</span><b>${escapeHtml(value)}</b><small>${escapeHtml(note)}</small></div>`;

/** The sign is written, so that colour is never the only sign. */
function signed(value: DecimalString): string {
  const amount = decimal(value);
  const tone = amount.gt(0) ? 'up' : amount.lt(0) ? 'down' : '';
  return `<td class="${tone}">${amount.gt(0) ? '+' : ''}${moneyText(value)}</td>`;
}

function daysTable({ days }: BacktestReport): string {
  const rows = days.map(
    (day) =>
      `<tr><td class="text">${day.date}</td>${signed(day.pnl)}<td>${percentText(day.returnPercent)}</td>` +
      `<td>${moneyText(day.equity)}</td><td>${moneyText(day.fees)}</td><td>${day.fills}</td><td>${day.trips}</td></tr>`,
  );
  return table(['Day (UTC)', 'PnL', 'Return', 'Equity', 'Fees', 'Fills', 'Round trips'], rows);
}

function tripsTable({ trips }: BacktestReport): string {
  const rows = trips.map(
    (trip) =>
      `<tr><td class="text">${timeText(trip.closedTime)}</td><td class="text">${trip.side}</td>` +
      `<td>${trip.quantity}</td><td>${priceText(trip.entryPrice)}</td><td>${priceText(trip.exitPrice)}</td>` +
      `${signed(trip.pnl)}<td>${percentText(trip.returnPercent)}</td>` +
      `<td>${durationText(trip.closedTime - trip.openedTime)}</td>` +
      `<td class="why" title="${escapeHtml(trip.why ?? '')}">${escapeHtml(trip.why ?? '')}</td></tr>`,
  );
  const names = [
    'Closed (UTC)',
    'Side',
    'Quantity',
    'Entry',
    'Exit',
    'PnL',
    'Return',
    'Held',
    'Why',
  ];
  return table(names, rows);
}

const TEXT_COLUMNS = new Set(['Day (UTC)', 'Closed (UTC)', 'Side', 'Why']);

function table(names: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return '<p class="muted">None.</p>';
  const head = names.map(
    (name) => `<th scope="col"${TEXT_COLUMNS.has(name) ? ' class="text"' : ''}>${name}</th>`,
  );
  return `<div class="scroll" tabindex="0"><table class="rows"><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
