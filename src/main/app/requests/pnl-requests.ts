import { fail, succeed } from '#contract/errors.ts';
import { reachesBot } from '#contract/scopes.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { FleetBalance } from '#main/bots/fleet-balance.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { dailyPnl } from '../bots/daily-pnl.ts';
import type { Handlers } from './request-handler.ts';

export interface PnlRooms {
  readonly bots: Fleet;
  readonly balance: FleetBalance;
  readonly ledger: Ledger;
  readonly now: () => EpochMs;
}

/** What bots have won and lost, together and day by day. */
export const pnlHandlers = ({ bots, balance, ledger, now }: PnlRooms) =>
  ({
    // Sums over all bots: who reaches only some of them has no say in it.
    'balances.get': (_, caller) =>
      caller.bots === 'all'
        ? succeed({ balances: [...balance.look()] })
        : fail('access_denied', 'Access denied'),
    'pnl.days': async ({ botId, days, timeZone }, caller) => {
      if (botId !== undefined && !bots.has(botId)) {
        return fail('unknown_bot', `There is no bot ${botId}`);
      }
      bots.flush();
      const all = [...bots.list(), ...bots.archived()];
      const wanted = all.filter(
        ({ config: { id } }) => (botId === undefined || id === botId) && reachesBot(caller, id),
      );
      return succeed({
        days: [...(await dailyPnl(wanted, ledger, { now: now(), days, timeZone }))],
      });
    },
  }) satisfies Partial<Handlers>;
