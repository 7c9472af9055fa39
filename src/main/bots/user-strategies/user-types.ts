/**
 * The types that a user's module is written against, as they are put beside it (`tapedeck.d.ts`). A
 * test holds them against what the module is given.
 */
export const USER_TYPES = `// Written by Tapedeck at each start: changes made here are lost.
// See docs/writing-a-strategy.md.

declare module 'tapedeck' {
  export type Side = 'buy' | 'sell';
  export type Interval =
    | '1s' | '1m' | '3m' | '5m' | '15m' | '30m'
    | '1h' | '2h' | '4h' | '6h' | '12h' | '1d' | '1w';

  /** Times are epoch milliseconds, of the market. */
  export interface Candle {
    readonly openTime: number;
    readonly open: number;
    readonly high: number;
    readonly low: number;
    readonly close: number;
    readonly volume: number;
    /** Null where the exchange did not tell. */
    readonly buyVolume: number | null;
    readonly tradeCount: number | null;
  }

  /** A public print. */
  export interface Trade {
    readonly id: string;
    readonly price: number;
    readonly size: number;
    readonly aggressorSide: Side;
    readonly eventTime: number;
  }

  export type OrderType = 'market' | 'limit' | 'stop' | 'stopLimit' | 'trailingStop';

  export interface Order {
    readonly id: string;
    readonly side: Side;
    readonly type: OrderType;
    readonly quantity: number;
    readonly filledQuantity: number;
    readonly limitPrice: number | null;
    readonly triggerPrice: number | null;
    readonly trailingOffset: number | null;
    readonly reduceOnly: boolean;
    readonly ocoGroup: string | null;
    readonly status:
      | 'submitted' | 'accepted' | 'partiallyFilled' | 'filled'
      | 'canceled' | 'rejected' | 'expired';
    readonly why: string | null;
    /** Why it was rejected, canceled or expired. */
    readonly reason: string | null;
    readonly createdTime: number;
  }

  /** Quantities are cut to the lot, prices go to the nearest tick. */
  export interface OrderDraft {
    readonly side: Side;
    readonly quantity: number | string;
    /** What it is for, in a few words: shown with the order and its fills. */
    readonly why: string;
    /** 'market' unless told. */
    readonly type?: OrderType;
    /** Of limit and stopLimit. */
    readonly limitPrice?: number | string;
    /** Of stop and stopLimit. */
    readonly triggerPrice?: number | string;
    /** Of trailingStop, in the quote currency. */
    readonly trailingOffset?: number | string;
    readonly timeInForce?: 'gtc' | 'ioc';
    readonly postOnly?: boolean;
    /** Never makes the position larger, nor turns it. */
    readonly reduceOnly?: boolean;
    /** One of a group fills or is triggered: the others are canceled. */
    readonly ocoGroup?: string;
  }

  export interface Fill {
    readonly id: string;
    readonly orderId: string;
    readonly side: Side;
    readonly quantity: number;
    readonly price: number;
    readonly fee: number;
    readonly liquidity: 'maker' | 'taker';
    readonly realizedPnl: number;
    readonly eventTime: number;
  }

  export interface Channel {
    readonly upper: number;
    readonly middle: number;
    readonly lower: number;
  }

  /** An indicator; its value is null until it has seen enough candles. */
  export interface Indicator<V> {
    readonly value: V | null;
  }

  export interface IndicatorMakers {
    sma(period: number): Indicator<number>;
    ema(period: number): Indicator<number>;
    rsi(period: number): Indicator<number>;
    atr(period: number): Indicator<number>;
    donchian(period: number): Indicator<Channel>;
    bollinger(period: number, deviations?: number): Indicator<Channel>;
  }

  interface ParameterTexts {
    readonly title: string;
    readonly description?: string;
    readonly unit?: string;
  }
  interface ParameterBounds {
    readonly minimum?: number;
    readonly maximum?: number;
  }
  export type Parameter =
    | (ParameterTexts & ParameterBounds & { readonly type: 'number' | 'integer'; readonly default: number })
    | (ParameterTexts & { readonly type: 'decimal'; readonly default: string })
    | (ParameterTexts & { readonly type: 'boolean'; readonly default: boolean })
    | (ParameterTexts & {
        readonly type: 'choice';
        readonly options: readonly string[];
        readonly default: string;
      });
  export type Parameters = Readonly<Record<string, Parameter>>;
  export type Values<P extends Parameters> = {
    readonly [Name in keyof P]: P[Name] extends { readonly type: 'number' | 'integer' }
      ? number
      : P[Name] extends { readonly type: 'boolean' }
        ? boolean
        : P[Name] extends { readonly options: readonly (infer Option)[] }
          ? Option
          : string;
  };
  export type IndicatorValues<I extends Readonly<Record<string, Indicator<unknown>>>> = {
    readonly [Name in keyof I]: I[Name]['value'];
  };

  /** The bot as it stands. What it orders is sent when the callback has returned. */
  export interface Bot<
    P extends Parameters,
    S,
    I extends Readonly<Record<string, Indicator<unknown>>>,
  > {
    readonly parameters: Values<P>;
    readonly indicators: IndicatorValues<I>;
    /** Plain data (JSON) of your own: kept across restarts. */
    state: S;
    readonly instrument: {
      readonly id: string;
      readonly symbol: string;
      readonly base: string;
      readonly quote: string;
      readonly priceIncrement: number;
      readonly sizeIncrement: number;
    };
    readonly time: number;
    /** Of the quote currency. */
    readonly cash: number;
    readonly position: {
      /** Negative is short. */
      readonly quantity: number;
      readonly averagePrice: number | null;
      readonly realizedPnl: number;
      readonly fees: number;
    };
    readonly market: {
      readonly lastPrice: number | null;
      readonly bid: number | null;
      readonly ask: number | null;
      /** [price, size], best first: ten with onBook, else one. */
      readonly bids: readonly (readonly [number, number])[];
      readonly asks: readonly (readonly [number, number])[];
    };
    readonly orders: {
      readonly open: readonly Order[];
      place(draft: OrderDraft): Order;
      cancel(orderId: string, why?: string): void;
      cancelAll(why?: string): void;
    };
    readonly log: {
      debug(...parts: readonly unknown[]): void;
      info(...parts: readonly unknown[]): void;
      warn(...parts: readonly unknown[]): void;
      error(...parts: readonly unknown[]): void;
    };
  }

  type OfParameter<P> = { readonly parameter: keyof P & string; readonly times?: number };

  export interface Strategy<
    P extends Parameters,
    S,
    I extends Readonly<Record<string, Indicator<unknown>>>,
  > {
    readonly name: string;
    /** One plain paragraph. */
    readonly description: string;
    readonly parameters?: P;
    /** The interval of its candles, or the choice that the user makes of it. */
    readonly candles?: Interval | { readonly parameter: keyof P & string };
    /** How many candles of the past it wants first; 500 where it has indicators and does not say. */
    readonly warmUpCandles?: number | OfParameter<P>;
    readonly timerSeconds?: number | OfParameter<P>;
    /** Another number, and a state that was kept under the one before is dropped. 1 unless told. */
    readonly stateVersion?: number;
    state?(parameters: Values<P>): S;
    indicators?(parameters: Values<P>, make: IndicatorMakers): I;
    /** Once, before anything else. */
    onStart?(bot: Bot<P, S, I>): void;
    /** A candle has closed; the indicators have seen it. */
    onCandle?(candle: Candle, bot: Bot<P, S, I>): void;
    onTrade?(trade: Trade, bot: Bot<P, S, I>): void;
    /** Book or quote has changed. */
    onBook?(bot: Bot<P, S, I>): void;
    onFill?(fill: Fill, order: Order, bot: Bot<P, S, I>): void;
    /** An order of its own in a new state. */
    onOrder?(order: Order, bot: Bot<P, S, I>): void;
    onTimer?(bot: Bot<P, S, I>): void;
  }

  export function defineStrategy<
    const P extends Parameters = Record<never, never>,
    S = Record<string, unknown>,
    I extends Readonly<Record<string, Indicator<unknown>>> = Record<never, never>,
  >(strategy: Strategy<P, S, I>): Strategy<P, S, I>;
}
`;

/** What an editor needs to know of the folder; the user's own is left alone. */
export const USER_TSCONFIG = `{
  "compilerOptions": {
    "target": "esnext",
    "module": "nodenext",
    "lib": ["esnext"],
    "types": [],
    "strict": true,
    "noEmit": true,
    "allowJs": true,
    "checkJs": true,
    "allowImportingTsExtensions": true,
    "erasableSyntaxOnly": true
  },
  "include": ["*"]
}
`;
