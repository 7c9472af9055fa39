import { writeFileSync } from 'node:fs';
import type { BacktestView } from '#contract/backtest-requests.ts';
import { percentText } from '#main/backtest/page/report-text.ts';
import { summaryOf } from '../backtest/report-summary.ts';
import { askHub, type HubPlace } from './hub-request.ts';
import { printSweep } from './sweep-table.ts';
import { answer, complain, tell } from './terminal.ts';

export interface ListBacktestsCommand extends HubPlace {
  readonly json: boolean;
}

export interface ShowBacktestCommand extends ListBacktestsCommand {
  /** Where its report is written as a page. */
  readonly html?: string;
}

/** A line for each backtest of the running hub, newest first; gives the exit code. */
export async function listBacktests(command: ListBacktestsCommand): Promise<number> {
  const listed = await askHub(command, 'backtests.list', { limit: 200 });
  if (!listed.ok) return complain(listed.error.message);
  const { items } = listed.value;
  if (command.json) answer(JSON.stringify(items));
  else for (const backtest of items) answer(describe(backtest));
  if (items.length === 0) tell('There are no backtests.');
  return 0;
}

/** What came of one. */
export async function showBacktest(id: string, command: ShowBacktestCommand): Promise<number> {
  const found = await askHub(command, 'backtests.get', { backtestId: id });
  if (!found.ok) return complain(found.error.message);
  const { backtest, report, sweep } = found.value;
  if (command.html !== undefined) {
    const refusal = await writePage(id, command.html, command);
    if (refusal !== null) return complain(refusal);
  }
  if (command.json) {
    answer(JSON.stringify(found.value));
    return 0;
  }
  answer(describe(backtest));
  if (report) for (const line of summaryOf(report)) answer(`  ${line}`);
  if (sweep) printSweep(sweep);
  return 0;
}

/** Why it could not be written, else null. */
async function writePage(id: string, file: string, place: HubPlace): Promise<string | null> {
  const page = await askHub(place, 'backtests.page', { backtestId: id });
  if (!page.ok) return page.error.message;
  try {
    writeFileSync(file, page.value.html);
    return null;
  } catch (error) {
    return `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export async function cancelBacktest(id: string, command: HubPlace): Promise<number> {
  const canceled = await askHub(command, 'backtests.cancel', { backtestId: id });
  if (!canceled.ok) return complain(canceled.error.message);
  answer(describe(canceled.value));
  return 0;
}

export async function removeBacktest(id: string, command: HubPlace): Promise<number> {
  const removed = await askHub(command, 'backtests.remove', { backtestId: id });
  if (!removed.ok) return complain(removed.error.message);
  tell(`Backtest ${id} is removed.`);
  return 0;
}

function describe(backtest: BacktestView): string {
  const { id, state, progress, createdTime, bot, sweep, runs, figures, error } = backtest;
  const standing = state === 'running' ? `${state} ${Math.floor(progress * 100)} %` : state;
  const what = `${bot.name}, ${bot.strategy} on ${bot.instrumentId}`;
  const facts = [
    ...[id, new Date(createdTime).toISOString(), standing.padEnd(9), what],
    ...(sweep ? [`${runs} runs`] : []),
    ...(figures ? [`${figures.pnl} (${percentText(figures.returnPercent)})`] : []),
    ...(error === null ? [] : [error]),
  ];
  return facts.join('  ');
}
