import type { BotView } from '#contract/requests.ts';
import { decimal, ZERO } from '#domain/decimal.ts';

const STATE_WIDTH = 7;

/** A bot in one line, as a person reads it. */
export function botLine({ config, status, position }: BotView): string {
  const { id, name, strategy, instrumentId } = config;
  const { state, equity, pnlToday, openOrders, fillCount } = status;
  const facts = [
    ...[id, state.padEnd(STATE_WIDTH), `${name}, ${strategy} on ${instrumentId}`],
    ...[`equity ${equity}`, `today ${pnlToday}`],
    ...(decimal(position.quantity).eq(ZERO) ? [] : [`holds ${position.quantity}`]),
    `${openOrders} open orders`,
    `${fillCount} fills`,
    ...[status.error ?? status.reason ?? ''].filter((sentence) => sentence !== ''),
  ];
  return facts.join('  ');
}
