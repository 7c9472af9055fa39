import type { BacktestView } from '#contract/backtest-requests.ts';
import { formatDate } from '../../ui/format.ts';

/** `backtest-ma-cross-2024-08-08.json`: what a file system takes anywhere. */
export function fileNameOf(
  { bot, createdTime }: Pick<BacktestView, 'bot' | 'createdTime'>,
  ending: string,
): string {
  const words = bot.name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return ['backtest', ...words, formatDate(createdTime)].join('-').concat(`.${ending}`);
}
