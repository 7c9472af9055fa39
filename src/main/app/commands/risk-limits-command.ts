import { fail, type Result } from '#contract/errors.ts';
import type { RiskView } from '#contract/risk-requests.ts';
import type { RiskLimits } from '#domain/risk-limits.ts';
import { askHub, type HubPlace } from './hub-request.ts';
import { type LimitOptions, limitsOf } from './limit-option.ts';
import { answer, complain, tell } from './terminal.ts';

export interface RiskLimitsCommand extends HubPlace, LimitOptions {
  readonly clear: boolean;
  readonly json: boolean;
}

type CurrencyRisk = RiskView['currencies'][number];

/** Shows or changes what all bots of a currency may do together, and gives the exit code. */
export async function riskLimits(
  currency: string | undefined,
  command: RiskLimitsCommand,
): Promise<number> {
  const changes = limitsOf(command);
  const isChange = command.clear || Object.keys(changes).length > 0;
  const changed = isChange ? await change(currency, changes, command) : undefined;
  if (changed?.ok === false) return complain(changed.error.message);
  const told = await askHub(command, 'risk.get', {});
  if (!told.ok) return complain(told.error.message);
  const shown = told.value.currencies.filter(
    (one) => currency === undefined || one.currency === currency,
  );
  for (const line of command.json ? [JSON.stringify(shown)] : shown.flatMap(linesOf)) answer(line);
  if (shown.length === 0) tell(`No bot trades ${currency ?? 'yet'}, and nothing is limited.`);
  return 0;
}

async function change(
  currency: string | undefined,
  changes: Partial<RiskLimits>,
  command: RiskLimitsCommand,
): Promise<Result<unknown>> {
  if (currency === undefined) {
    return fail('invalid_payload', 'Say of which currency: tapedeck risk limits USDT …');
  }
  return askHub(command, 'risk.setLimits', { currency, limits: command.clear ? null : changes });
}

function linesOf({ currency, limits, ...use }: CurrencyRisk): string[] {
  const most = (limit: string | number | null | undefined) => limit ?? 'no limit';
  return [
    `${currency}: position ${use.positionValue} (${most(limits?.maxPositionValue)})`,
    `${currency}: largest order (${most(limits?.maxOrderValue)})`,
    `${currency}: today ${use.pnlToday} (largest loss ${most(limits?.maxDailyLoss)}, then ${limits?.atDailyLoss ?? 'nothing'})`,
    `${currency}: open orders ${use.openOrders} (${most(limits?.maxOpenOrders)})`,
    `${currency}: orders in the last minute ${use.ordersLastMinute} (${most(limits?.maxOrdersPerMinute)})`,
  ];
}
