import type { FillWhy } from '#contract/fill-trails.ts';
import type { Ledger } from '#main/storage/ledger.ts';

/** Why a fill came to be, from the ledger; null where no trail of it was kept. */
export function fillWhy(ledger: Ledger, fillId: string): FillWhy | null {
  const trail = ledger.trails.get(fillId);
  const fill = ledger.fills.get(fillId);
  if (!trail || !fill) return null;
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
    ...{ fill, order: ledger.orders.get(fill.orderId), cause, why: origin?.why ?? null, execution },
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
