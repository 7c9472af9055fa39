import type { Dialect, FakeClient } from '../fake-server.ts';
import type { PlayedTick } from './ticks.ts';
import {
  candlesBody,
  type DerivRequest,
  type DerivWireDialect,
  errorBody,
  historyBody,
  type Listed,
  listBody,
  subscriptionId,
  tickBody,
  tradingTimesBody,
} from './wire.ts';

/** What the exchange knows; the dialect only says it. */
export interface DerivWorld {
  readonly dialect: DerivWireDialect;
  readonly listed: ReadonlyMap<string, Listed>;
  /** Calls are refused, as beyond the limit. */
  isLimited: boolean;
  /** What is younger is not in the history yet. */
  historyLagSeconds: number;
  /** Its clock, epoch ms. */
  now(): number;
  /** All ticks of the past, oldest first, with the times that were sent. */
  ticksOf(symbol: string): readonly PlayedTick[];
  /** Told of every request. */
  onRequest(request: DerivRequest, client: FakeClient): void;
}

const PATHS: Readonly<Record<DerivWireDialect, string>> = {
  legacy: '/websockets/v3?app_id=1089',
  options: '/trading/v1/options/ws/public',
};
/** As Deriv's: no answer holds more. */
const MOST_IN_AN_ANSWER = 5_000;

export const pathOf = (dialect: DerivWireDialect): string => PATHS[dialect];

/** Deriv's WebSocket protocol, as far as market data goes (https://developers.deriv.com). */
export function derivDialect(world: DerivWorld): Dialect {
  return {
    rest: () => undefined,
    onMessage: (client, text) => {
      const request = JSON.parse(text) as DerivRequest;
      world.onRequest(request, client);
      client.send(framed(answer(world, client, request), request, world.dialect));
    },
    stamp: (client, text) => {
      const body = JSON.parse(text) as ReturnType<typeof tickBody>;
      const request = client.memory.get(body.tick.symbol) as DerivRequest;
      return JSON.stringify(framed(body, request, world.dialect));
    },
  };
}

/** What is around every message: the number of the request and, in the legacy dialect, its echo. */
export function framed(body: object, request: DerivRequest, dialect: DerivWireDialect): object {
  return {
    ...(dialect === 'legacy' && { echo_req: request }),
    ...body,
    ...(request.req_id !== undefined && { req_id: request.req_id }),
  };
}

function answer(world: DerivWorld, client: FakeClient, request: DerivRequest): object {
  if (client.path !== pathOf(world.dialect)) {
    return errorBody('error', 'InvalidAppID', 'Your app_id is invalid.');
  }
  if ('ping' in request) return { msg_type: 'ping', ping: 'pong' };
  if (world.isLimited) {
    return errorBody('error', 'RateLimit', 'You have reached the rate limit.');
  }
  if ('time' in request) return { msg_type: 'time', time: Math.floor(world.now() / 1_000) };
  if ('active_symbols' in request) return listBody(world.listed.values(), world.dialect);
  if ('trading_times' in request) {
    return tradingTimesBody(String(request['trading_times']), world.listed.values(), world.dialect);
  }
  if ('forget' in request) return forget(client, request);
  if ('ticks' in request) return subscribe(world, client, request);
  if ('ticks_history' in request) return history(world, request);
  return errorBody('error', 'UnrecognisedRequest', 'Unrecognised request.');
}

function subscribe(world: DerivWorld, client: FakeClient, request: DerivRequest): object {
  const symbol = String(request['ticks']);
  const listed = world.listed.get(symbol);
  if (!listed) return invalidSymbol('tick', symbol);
  if (!listed.isOpen) {
    return errorBody('tick', 'MarketIsClosed', 'This market is presently closed.');
  }
  if (client.streams.has(symbol)) {
    return errorBody('tick', 'AlreadySubscribed', `You are already subscribed to ${symbol}.`);
  }
  client.streams.add(symbol);
  client.memory.set(symbol, request);
  const last = world.ticksOf(symbol).at(-1);
  return last
    ? tickBody(last, listed, world.dialect)
    : errorBody('tick', 'NoRealtimeQuotes', 'Realtime quotes not available.');
}

function forget(client: FakeClient, request: DerivRequest): object {
  const symbol = [...client.streams].find((each) => subscriptionId(each) === request['forget']);
  if (symbol !== undefined) client.streams.delete(symbol);
  return { forget: symbol === undefined ? 0 : 1, msg_type: 'forget' };
}

function history(world: DerivWorld, request: DerivRequest): object {
  const symbol = String(request['ticks_history']);
  const listed = world.listed.get(symbol);
  if (!listed) return invalidSymbol('ticks_history', symbol);
  const end = request['end'] === 'latest' ? Number.POSITIVE_INFINITY : Number(request['end']);
  const start = Number(request['start'] ?? 0);
  const all = world.ticksOf(symbol);
  const newest = (all.at(-1)?.epoch ?? 0) - world.historyLagSeconds;
  const ticks = all.filter(({ epoch }) => epoch >= start && epoch <= Math.min(end, newest));
  const count = Math.min(MOST_IN_AN_ANSWER, Number(request['count'] ?? MOST_IN_AN_ANSWER));
  if (request['style'] !== 'candles') return historyBody(ticks.slice(-count), listed);
  const body = candlesBody(ticks, Number(request['granularity'] ?? 60), listed);
  return { ...body, candles: body.candles.slice(-count) };
}

const invalidSymbol = (kind: string, symbol: string): object =>
  errorBody(kind, 'InvalidSymbol', `Symbol ${symbol} is invalid.`);
