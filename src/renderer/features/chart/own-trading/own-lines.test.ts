import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { type LineSource, ownLinesOf } from './own-lines.ts';

const id = 'demo:BTC/USD' as InstrumentId;
const order = (
  side: string,
  limitPrice: string | null,
  quantity: string,
  filledQuantity = '0',
) => ({
  instrumentId: id,
  side,
  limitPrice,
  quantity,
  filledQuantity,
});
const bot = (
  position: { quantity: string; averagePrice: string | null; unrealizedPnl?: string },
  openOrders: object[] = [],
  instrumentId: string = id,
): LineSource =>
  ({
    config: { id: 'b1', name: 'Grid' },
    position: { unrealizedPnl: '0', ...position, instrumentId },
    otherPositions: [],
    openOrders: openOrders.map((one) => ({ ...one, instrumentId })),
  }) as unknown as LineSource;
const flat = { quantity: '0', averagePrice: null };

describe('ownLinesOf', () => {
  it('draws the entry of a position with its direction, its quantity and what it has won or lost', () => {
    const [long] = ownLinesOf(
      [bot({ quantity: '0.50', averagePrice: '100.5', unrealizedPnl: '12.345' })],
      id,
    );
    expect(long).toMatchObject({
      kind: 'entry',
      side: 'buy',
      price: 100.5,
      title: 'long 0.5 +12.34',
    });
    const [short] = ownLinesOf(
      [bot({ quantity: '-2', averagePrice: '99', unrealizedPnl: '-3' })],
      id,
    );
    expect(short).toMatchObject({ side: 'sell', title: 'short 2 −3.00' });
  });

  it('says whose entry it is where several bots have a position', () => {
    const [one, other] = ['99', '98'].map((averagePrice) => bot({ quantity: '1', averagePrice }));
    const lines = ownLinesOf(
      [one, other, bot(flat)].flatMap((source) => source ?? []),
      id,
    );
    expect(lines.map((l) => l.title)).toEqual(['Grid long 1 0.00', 'Grid long 1 0.00']);
  });

  it('adds up the entries at one price and side', () => {
    const holder = bot({ quantity: '0.1', averagePrice: '99', unrealizedPnl: '1.01' });
    const short = bot({ quantity: '-0.2', averagePrice: '99', unrealizedPnl: '-2' });
    const lines = ownLinesOf([holder, short, holder, holder], id);
    expect(lines.map((l) => [l.price, l.side, l.title])).toEqual([
      [99, 'buy', '3 bots long 0.3 +3.03'],
      [99, 'sell', 'Grid short 0.2 −2.00'],
    ]);
  });

  it('labels only the entries of the largest positions', () => {
    const holders = [3, 1, 6, 2, 5, 4].map((quantity) =>
      bot({ quantity: String(-quantity), averagePrice: String(100 + quantity) }),
    );
    const lines = ownLinesOf(holders, id);
    expect(lines).toHaveLength(6);
    expect(lines.filter((l) => l.isLabelled).map((l) => l.price)).toEqual([103, 106, 105, 104]);
  });

  it('cuts a long name, which would lie over the bars', () => {
    const holder = bot({ quantity: '1', averagePrice: '99' });
    const long = {
      ...bot({ quantity: '1', averagePrice: '98' }),
      config: { ...holder.config, name: '긴 이름의 봇 '.repeat(30) },
    };
    const [line] = ownLinesOf([long, holder], id);
    expect(line?.title).toBe('긴 이름의 봇 긴 이… long 1 0.00');
  });

  it('adds up what is still open at one price and side', () => {
    const orders = [
      order('buy', '99', '1', '0.4'),
      order('buy', '99', '0.1'),
      order('sell', '101', '1'),
    ];
    expect(ownLinesOf([bot(flat, orders)], id).map((l) => [l.price, l.side, l.title])).toEqual([
      [99, 'buy', '▲ 0.7'],
      [101, 'sell', '▼ 1'],
    ]);
  });

  it('draws an order that waits for its stop where it waits', () => {
    const stop = {
      ...{ ...order('sell', '89', '1'), type: 'stopLimit', status: 'accepted' },
      ...{ triggerPrice: '90', triggeredTime: null },
    };
    expect(ownLinesOf([bot(flat, [stop])], id).map((l) => l.price)).toEqual([90]);
    const reached = { ...stop, triggeredTime: 1_700_000_000_000 };
    expect(ownLinesOf([bot(flat, [reached])], id).map((l) => l.price)).toEqual([89]);
  });

  it('labels only the orders that are next to be filled', () => {
    const orders = [1, 2, 3, 4, 5, 6].flatMap((i) => [
      order('buy', String(100 - i), '1'),
      order('sell', String(100 + i), '1'),
    ]);
    const lines = ownLinesOf([bot(flat, orders)], id);
    expect(lines).toHaveLength(12);
    expect(lines.filter((l) => l.isLabelled).map((l) => l.price)).toEqual([99, 98, 101, 102]);
  });

  it('[X4] draws of a bot that trades several instruments what is in this one', () => {
    const elsewhere = bot({ quantity: '1', averagePrice: '5' }, [], 'demo:X/Y');
    const both = {
      ...elsewhere,
      otherPositions: [{ ...bot({ quantity: '-2', averagePrice: '100' }).position }],
      openOrders: [
        ...bot(flat, [order('buy', '4', '1')], 'demo:X/Y').openOrders,
        ...bot(flat, [order('sell', '101', '1')]).openOrders,
      ],
    };
    expect(ownLinesOf([both], id).map((l) => [l.kind, l.price])).toEqual([
      ['entry', 100],
      ['order', 101],
    ]);
    expect(ownLinesOf([both], 'demo:X/Y' as InstrumentId).map((l) => [l.kind, l.price])).toEqual([
      ['entry', 5],
      ['order', 4],
    ]);
  });

  it('draws nothing for market orders, flat positions and other instruments', () => {
    const other = bot({ quantity: '1', averagePrice: '5' }, [order('buy', '5', '1')], 'demo:X/Y');
    expect(ownLinesOf([bot(flat, [order('buy', null, '1')]), other], id)).toEqual([]);
  });

  it('draws the next ones of thousands of orders, and says how many lie beyond', () => {
    const orders = Array.from({ length: 1_000 }, (_, i) => order('buy', String(1_000 - i), '1'));
    const lines = ownLinesOf([bot(flat, orders)], id);
    expect(lines.map((l) => l.price)).toEqual(Array.from({ length: 60 }, (_, i) => 1_000 - i));
    expect(lines.at(-1)).toMatchObject({ title: '▲ 1 and 940 orders beyond', isLabelled: true });
  });
});
