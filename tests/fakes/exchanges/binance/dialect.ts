import { z } from 'zod';
import type { Dialect, FakeClient } from '../fake-server.ts';
import type { Stage } from '../stage.ts';
import type { BinanceInstrument, BinanceMarketKind } from './markets.ts';
import { binanceRest } from './rest.ts';

/** `btcusdt@depth`: whatever pace of it was asked for, the recording has one. */
export const streamOf = (id: string, name: string): string => `${id.toLowerCase()}@${name}`;

const requestSchema = z.object({
  method: z.enum(['SUBSCRIBE', 'UNSUBSCRIBE', 'LIST_SUBSCRIPTIONS']),
  params: z.array(z.string()).default([]),
  id: z.union([z.number(), z.string(), z.null()]).default(null),
});

/**
 * Binance's WebSocket streams: subscriptions by message, raw payloads.
 * https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams#live-subscribingunsubscribing-to-streams
 */
export function binanceDialect(
  stage: Stage,
  kind: BinanceMarketKind,
  instruments: ReadonlyMap<string, BinanceInstrument>,
): Dialect {
  return {
    rest: (request) => binanceRest(request, stage, { kind, instruments }),
    onMessage: (client, text) => answer(client, text),
  };
}

function answer(client: FakeClient, text: string): void {
  const parsed = requestSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    client.send({ error: { code: 2, msg: 'Invalid request: unknown variant' }, id: null });
    return;
  }
  const { method, params, id } = parsed.data;
  for (const param of params) {
    const [symbol = '', name = ''] = param.split('@');
    if (method === 'SUBSCRIBE') client.streams.add(streamOf(symbol, name));
    if (method === 'UNSUBSCRIBE') client.streams.delete(streamOf(symbol, name));
  }
  client.send({ result: method === 'LIST_SUBSCRIPTIONS' ? [...client.streams] : null, id });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
