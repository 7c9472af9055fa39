import type { BotRecordInput } from '#contract/bot-records.ts';

/** Invented reports in the mix of a bot that trades a lot: orders and fills, and what follows them. */
const KINDS = [
  'order',
  'trade',
  'order',
  'trade',
  'position',
  'order',
  'trade',
  'status',
  'log',
  'position',
] as const;

const INSTRUMENT = 'bench:BTC/USDT';

/** `sequence` counts the records of this bot; `time` is epoch milliseconds. */
export function sampleRecord(botId: string, sequence: number, time: number): BotRecordInput {
  const kind = KINDS[sequence % KINDS.length] ?? 'log';
  return { botId, id: `${sequence}`, kind, data: dataOf(kind, sequence, time) } as BotRecordInput;
}

function dataOf(kind: (typeof KINDS)[number], sequence: number, time: number): object {
  const base = { instrumentId: INSTRUMENT, quantity: '0.05' };
  switch (kind) {
    case 'order':
      return {
        ...{ ...base, id: `o${sequence}`, type: 'limit', side: 'buy', limitPrice: '60000.01' },
        ...{ status: 'filled', filledQuantity: '0.05', createdTime: time, updatedTime: time },
      };
    case 'trade':
      return {
        ...{ ...base, id: `f${sequence}`, orderId: `o${sequence - 1}`, side: 'buy' },
        ...{ price: '60000.01', fee: '0.3', feeCurrency: 'USDT', eventTime: time },
      };
    case 'position':
      return { ...base, cost: '3000.0005', averagePrice: '60000.01', updatedTime: time };
    case 'status':
      return { state: 'running', cash: '7000', equity: '10000.5', realizedPnl: '1.25' };
    case 'log':
      return { level: 'info', message: `step ${sequence}`, time };
  }
}
