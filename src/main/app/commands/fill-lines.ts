import type { FillWhy } from '#contract/fill-trails.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { isoTime } from './iso-time.ts';

const SIDE_WIDTH = 4;
const LABEL_WIDTH = 10;
const TOOK_DECIMALS = 1;
const UNKNOWN = '-';

type TrailEvent = NonNullable<FillWhy['cause']>;

/** A fill in one line, as a person reads it, with the id by which more of it is asked. */
export function fillLine({ id, eventTime, side, quantity, price, ...fill }: Fill): string {
  const what = `${side.padEnd(SIDE_WIDTH)}  ${quantity} at ${price}`;
  return `${isoTime(eventTime)}  ${what}  fee ${fill.fee} ${fill.feeCurrency}  ${id}`;
}

/** Why a fill came to be; what a bot that runs elsewhere did not tell is said to be so. */
export function whyLines({ fill, order, isReported, ...why }: FillWhy): readonly string[] {
  const unknown = isReported ? 'the bot did not tell' : UNKNOWN;
  const status = order ? `, ${order.status}` : '';
  return [
    fillLine(fill),
    fact('said', why.why ?? 'nothing'),
    fact('acted on', why.cause ? eventWords(why.cause) : unknown),
    fact('filled by', why.execution ? eventWords(why.execution) : unknown),
    fact('order', `${fill.orderId}${status}`),
    ...why.steps.map((step) => fact(step.step, stepWords(step))),
    ...why.orderStates.map((state) => fact('order was', stateWords(state))),
  ];
}

const fact = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)}  ${text}`;

function stepWords({ time, tookMs }: FillWhy['steps'][number]): string {
  const at = time === null ? UNKNOWN : isoTime(time);
  return tookMs === null ? at : `${at}  +${tookMs.toFixed(TOOK_DECIMALS)} ms`;
}

function stateWords({ time, ...state }: FillWhy['orderStates'][number]): string {
  const { status, filledQuantity, limitPrice, triggerPrice, reason } = state;
  const facts = [
    ...[isoTime(time), status, `filled ${filledQuantity}`],
    limitPrice === null ? '' : `limit ${limitPrice}`,
    triggerPrice === null ? '' : `stop ${triggerPrice}`,
    reason ?? '',
  ];
  return facts.filter(Boolean).join('  ');
}

function eventWords({ kind, price, eventTime }: TrailEvent): string {
  const facts = [
    kind,
    price === null ? '' : toDecimalString(decimal(price)),
    eventTime && isoTime(eventTime),
  ];
  return facts.filter(Boolean).join(' ');
}
