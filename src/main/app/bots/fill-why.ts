import type { FillWhy } from '#contract/fill-trails.ts';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Ledger } from '#main/storage/ledger.ts';

/** Why a fill came to be, from the ledger; null where no trail of it was kept. */
export function fillWhy(ledger: Ledger, fillId: string): FillWhy | null {
  const fill = ledger.fills.get(fillId);
  if (!fill) return null;
  if (ledger.bots.get(fill.botId)?.config.strategy === EXTERNAL_STRATEGY) {
    return reportedFillWhy(ledger, fill);
  }
  const trail = ledger.trails.get(fillId);
  if (!trail) return null;
  const { order: origin, acceptedTime, fill: executed, telling } = trail;
  const { execution } = executed;
  const cause = origin?.cause ?? null;
  const ours = (step: 'received' | 'decided' | 'written' | 'told') => ({
    ...{ step, clock: 'ours' as const },
  });
  const market = (step: 'event' | 'submitted' | 'accepted' | 'executed') => ({
    ...{ step, clock: 'market' as const },
  });
  return {
    ...{ fill, order: ledger.orders.get(fill.orderId), isReported: false, orderStates: [] },
    ...{ cause, why: origin?.why ?? null, execution },
    steps: [
      { ...market('event'), time: cause?.eventTime ?? null, tookMs: null },
      { ...ours('received'), time: cause?.receivedTime ?? null, tookMs: null },
      {
        ...ours('decided'),
        ...{ time: origin?.decidedTime ?? null, tookMs: origin?.decidedAfterMs ?? null },
      },
      { ...market('submitted'), time: origin?.submittedTime ?? null, tookMs: null },
      {
        ...{ ...market('accepted'), time: acceptedTime },
        tookMs: origin && acceptedTime !== null ? acceptedTime - origin.submittedTime : null,
      },
      { ...market('executed'), time: fill.eventTime, tookMs: executed.executedAfterMs },
      {
        ...ours('written'),
        ...{ time: telling?.writtenTime ?? null, tookMs: telling?.writtenAfterMs ?? null },
      },
      {
        ...ours('told'),
        ...{ time: telling?.toldTime ?? null, tookMs: telling?.toldAfterMs ?? null },
      },
    ],
  };
}

/** Of a bot that runs elsewhere: what it said, and when that came. It measures nothing for us. */
function reportedFillWhy(ledger: Ledger, fill: Fill): FillWhy {
  const order = ledger.orders.get(fill.orderId);
  const orderStates = [...ledger.orderStates.of(fill.orderId)];
  const accepted = orderStates.find(({ status }) => status === 'accepted');
  const reported = (step: 'submitted' | 'accepted' | 'executed', time: EpochMs | null) => ({
    ...{ step, time, clock: 'bot' as const, tookMs: null },
  });
  return {
    ...{ fill, order, orderStates, isReported: true },
    ...{ cause: null, why: order?.why ?? null, execution: null },
    steps: [
      reported('submitted', order?.createdTime ?? null),
      reported('accepted', accepted?.time ?? null),
      reported('executed', fill.eventTime),
      {
        ...{ step: 'reported', clock: 'ours', tookMs: null },
        time: ledger.fills.reportedTime(fill.id),
      },
    ],
  };
}
