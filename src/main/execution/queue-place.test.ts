import { describe, expect, it } from 'vitest';
import { PaperMarket } from './paper-market.fixture.ts';

describe('the place in the queue', () => {
  it('is behind the size that the level shows, and moves as prints pass it', () => {
    const market = new PaperMarket();
    market.show([[99, 2]], [[100, 1]]);
    expect(market.limit('buy', '1', '99').status).toBe('accepted');
    market.print(99, 1.5);
    expect(market.takeFills()).toEqual([]);
    market.print(99, 0.8);
    expect(market.takeFills()).toMatchObject([
      { quantity: '0.3', price: '99', liquidity: 'maker' },
    ]);
    expect(market.broker.openOrders).toMatchObject([
      { status: 'partiallyFilled', filledQuantity: '0.3' },
    ]);
    market.print(99, 5);
    expect(market.takeExecutions()).toEqual(['0.7 @ 99']);
    expect(market.broker.openOrders).toEqual([]);
  });

  it('moves up when the level shows less than stood ahead, and not back when it shows more', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.show([[99, 0.5]], [[100, 1]]);
    market.show([[99, 9]], [[100, 1]]);
    market.pass(1);
    market.print(99, 1);
    expect(market.takeExecutions()).toEqual(['0.5 @ 99']);
  });

  it('counts a print once that the book had taken in before it was told', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('buy', '1', '99');
    const printedTime = market.time;
    market.pass(100);
    market.show([[99, 2]], [[100, 1]]);
    market.print(99, 3, 'sell', printedTime);
    market.pass(100);
    market.print(99, 1.9);
    expect(market.takeFills()).toEqual([]);
    market.print(99, 0.3);
    expect(market.takeExecutions()).toEqual(['0.2 @ 99']);
  });

  it('counts prints once that are told after several books which had taken them in', () => {
    const market = new PaperMarket();
    market.show([[99, 10]], [[100, 1]]);
    market.limit('buy', '1', '99');
    const printedTimes = [7, 5].map((left) => {
      market.pass(10);
      const printedTime = market.time;
      market.pass(10);
      market.show([[99, left]], [[100, 1]]);
      return printedTime;
    });
    market.print(99, 3, 'sell', printedTimes[0]);
    market.restart();
    market.print(99, 2, 'sell', printedTimes[1]);
    market.pass(10);
    market.print(99, 4.9);
    expect(market.takeFills()).toEqual([]);
    market.print(99, 0.3);
    expect(market.takeExecutions()).toEqual(['0.2 @ 99']);
  });

  it('counts a print once that is told after a book of the same millisecond', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.pass(100);
    market.show([[99, 2]], [[100, 1]]);
    market.print(99, 3);
    market.pass(100);
    market.print(99, 1.9);
    expect(market.takeFills()).toEqual([]);
  });

  it('does not spare a younger print for what was canceled before it', () => {
    const market = new PaperMarket();
    market.show([[99, 5]], [[100, 1]]);
    market.limit('buy', '1', '99');
    market.show([[99, 2]], [[100, 1]]);
    market.pass(100);
    market.print(99, 2.5);
    expect(market.takeExecutions()).toEqual(['0.5 @ 99']);
  });

  it('lets a print reach us that is told after the book which shows what it left', () => {
    const market = new PaperMarket();
    market.show([[99, 2]], [[100, 1]]);
    market.limit('buy', '1', '99');
    const printedTime = market.time;
    market.pass(100);
    market.show([[98, 2]], [[100, 1]]);
    market.print(99, 2.4, 'sell', printedTime);
    expect(market.takeExecutions()).toEqual(['0.4 @ 99']);
  });

  it('is unknown beyond the last level shown: only a trade through it fills', () => {
    const market = new PaperMarket();
    market.show([[99, 1]], [[100, 1]]);
    market.limit('buy', '1', '95');
    market.print(95, 50);
    expect(market.takeFills()).toEqual([]);
    market.show(
      [
        [96, 1],
        [95, 3],
      ],
      [[97, 1]],
    );
    market.print(95, 3.5);
    expect(market.takeExecutions()).toEqual(['0.5 @ 95']);
  });

  it('is unknown where nothing but trades is known', () => {
    const market = new PaperMarket();
    market.print(100, 1);
    market.limit('buy', '1', '99');
    market.print(99, 50);
    market.print(99, 0);
    expect(market.takeFills()).toEqual([]);
    market.print(98.9, 0);
    expect(market.takeExecutions()).toEqual(['1 @ 99']);
  });

  it('stands behind the quote at its price, and first where it betters it', () => {
    const market = new PaperMarket();
    market.showQuote([99, 2], [101, 2]);
    market.limit('buy', '1', '99');
    market.limit('buy', '1', '100');
    market.print(100, 0.4);
    market.print(99, 2.5);
    expect(market.takeExecutions()).toEqual(['0.4 @ 100', '0.6 @ 100', '0.5 @ 99']);
  });
});
