import { riskLimitsSchema } from '#contract/bot-settings.ts';
import type { Result } from '#contract/errors.ts';
import type { RequestParams } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { gridDraft, openPaperFleet, type PaperFleetOptions } from './paper-fleet.ts';

export const money = (text: string) => text as DecimalString;
export const limits = (changes: object) => riskLimitsSchema.parse(changes);

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export const refusal = (result: Result<unknown>): string =>
  result.ok ? 'done' : result.error.message;

/** A grid that runs at 1,000. */
export function running(
  over: Partial<RequestParams<'bots.create'>> = {},
  options: PaperFleetOptions = {},
) {
  const fleet = openPaperFleet(options);
  fleet.book(1_000);
  unwrap(fleet.own.create(gridDraft(over)));
  fleet.trade(1_000);
  const view = (id = 'bot1') => unwrap(fleet.own.get(id));
  const status = (id = 'bot1') => view(id).status;
  const open = (id = 'bot1') => fleet.ledger.orders.open(id).map(({ limitPrice }) => limitPrice);
  /** The market falls through the first level: 0.1 is bought at 990. */
  const buyFirst = () => {
    fleet.book(985);
    fleet.trade(985);
  };
  return { ...fleet, view, status, open, buyFirst };
}
