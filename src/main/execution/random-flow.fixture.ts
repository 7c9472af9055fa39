import fc from 'fast-check';
import type { OrderDraft } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import { type PaperMarket, text } from './paper-market.fixture.ts';

interface Numbers {
  readonly side: Side;
  /** In tenths. */
  readonly price: number;
  /** In thousandths. */
  readonly lots: number;
}
type MarketStep = Numbers & { readonly do: 'print' | 'book' | 'quote' | 'lose' };
type OrderStep = Numbers &
  (
    | { readonly do: 'market' | 'stop' | 'trail' }
    | { readonly do: 'limit'; readonly flags: number }
    | { readonly do: 'stopLimit'; readonly offset: number }
  );

/** One thing that happens: of the market, or of what a bot asks for. */
type Step =
  | MarketStep
  | OrderStep
  | { readonly do: 'cancel'; readonly which: number }
  | { readonly do: 'pass'; readonly milliseconds: number };

const base = {
  side: fc.constantFrom<Side>('buy', 'sell'),
  price: fc.integer({ min: 993, max: 1_007 }),
  lots: fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 300 })),
};

/** Many different orders around a price of 100, and a market that jumps about there. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ ...base, do: fc.constant('print' as const) }) },
  { weight: 4, arbitrary: fc.record({ ...base, do: fc.constant('book' as const) }) },
  { weight: 1, arbitrary: fc.record({ ...base, do: fc.constantFrom('quote', 'lose') }) },
  { weight: 2, arbitrary: fc.record({ ...base, do: fc.constant('market' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ ...base, do: fc.constant('limit' as const), flags: fc.nat(15) }),
  },
  { weight: 2, arbitrary: fc.record({ ...base, do: fc.constantFrom('stop', 'trail') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ ...base, do: fc.constant('stopLimit' as const) },
      offset: fc.integer({ min: -5, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      milliseconds: fc.integer({ min: -20, max: 60 }),
    }),
  },
);

export const anySteps: fc.Arbitrary<readonly Step[]> = fc.array(anyStep, {
  ...{ minLength: 20, maxLength: 100, size: 'max' },
});

const decimalOf = (tenths: number) => text((tenths / 10).toFixed(1));

export function take(step: Step, market: PaperMarket): void {
  switch (step.do) {
    case 'pass':
      market.pass(step.milliseconds);
      return;
    case 'cancel':
      market.cancel(`bot-${step.which}`);
      return;
    case 'print':
    case 'book':
    case 'quote':
    case 'lose':
      move(step, market);
      return;
    default:
      market.place(draftOf(step));
  }
}

function move({ do: what, side, price: tenths, lots }: MarketStep, market: PaperMarket): void {
  const price = tenths / 10;
  const size = lots / 1_000;
  if (what === 'print') market.print(price, size, side);
  else if (what === 'quote') {
    const half = lots % 2 === 0 ? 0.1 : -0.1;
    market.showQuote([price - 0.1, size], [price + half, size]);
  } else if (what === 'lose') market.lose();
  else {
    // A level may show nothing, and a book may be crossed: feeds have told such.
    const bid = (tenths - 1 - (lots % 4)) / 10;
    const ask = (tenths + (lots % 3) - (lots % 17 === 0 ? 4 : 0)) / 10;
    const far = { bid: (tenths - 6) / 10, ask: (tenths + 7) / 10 };
    market.show(
      [
        [bid, size],
        [far.bid, 1],
      ],
      [
        [ask, size * 2],
        [far.ask, 2],
      ],
    );
  }
}

function draftOf(step: OrderStep): OrderDraft {
  const common = {
    side: step.side,
    quantity: text((step.lots / 1_000).toFixed(3)),
    ...(step.lots % 3 === 0 && { reduceOnly: true }),
    ...(step.lots % 4 === 0 && { ocoGroup: `group${step.lots % 5}` }),
  };
  const price = decimalOf(step.price);
  switch (step.do) {
    case 'market':
      return { type: 'market', ...common };
    case 'limit':
      return {
        ...{ type: 'limit', ...common, limitPrice: price, postOnly: step.flags === 1 },
        timeInForce: step.flags > 12 ? 'ioc' : 'gtc',
      };
    case 'stop':
      return { type: 'stop', ...common, triggerPrice: price };
    case 'stopLimit':
      return {
        ...{ type: 'stopLimit', ...common, triggerPrice: price },
        limitPrice: decimalOf(step.price + step.offset),
      };
    case 'trail':
      return { type: 'trailingStop', ...common, trailingOffset: decimalOf((step.lots % 12) + 1) };
  }
}
