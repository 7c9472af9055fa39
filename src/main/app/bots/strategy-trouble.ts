import { basename } from 'node:path';
import type { BotRegistry } from '#main/bots/bot-registry.ts';
import type { StrategyProblem } from '#main/bots/user-strategies/user-strategies.ts';
import type { Ground } from '../ground.ts';
import { type NoticeLedger, UserNotices } from '../user-notices.ts';

/**
 * Says that a strategy's file cannot be used while bots trade by it: in their logs, and to the user, who
 * may sit at an editor and take what he has saved for what trades.
 */
export function strategyTrouble(
  ground: Ground,
  ledger: NoticeLedger,
  own: Pick<BotRegistry, 'usersOf' | 'tellOf'>,
) {
  const notices = new UserNotices(ground, ledger);
  return ({ strategyId, file, message, hasVersion }: StrategyProblem): void => {
    const [bot, ...more] = own.usersOf(strategyId);
    if (!bot) return;
    const outlook = hasVersion
      ? 'The version before goes on.'
      : 'Bots that trade by it cannot start again until it is put right.';
    own.tellOf(strategyId, `Its file cannot be used as it now is: ${message} · ${outlook}`);
    notices.tell({
      id: `strategy-${strategyId}-${ground.clock.now()}`,
      ...{ kind: 'bot', severity: 'warning' },
      title: `${basename(file)} cannot be used as it now is`,
      body: `${message} · ${outlook}`,
      source: more.length === 0 ? { botId: bot.id } : {},
    });
  };
}
