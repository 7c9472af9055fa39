import { z } from 'zod';
import type { Dialect, FakeClient } from '../fake-server.ts';
import { OKX_INSTRUMENTS } from './instruments.ts';
import { LIQUIDATIONS, liquidationStreamOf } from './liquidations.ts';
import { isOkxChannel, type OkxMarket, streamOf } from './okx-market.ts';
import { okxRest } from './okx-rest.ts';

const request = z.object({
  op: z.enum(['subscribe', 'unsubscribe']),
  args: z.array(
    z.union([
      z.object({ channel: z.literal(LIQUIDATIONS), instType: z.enum(['SWAP', 'FUTURES']) }),
      z.object({ channel: z.string(), instId: z.string() }),
    ]),
  ),
});
type Argument = z.infer<typeof request>['args'][number];

const CONNECTION_ID = 'a4d3ae55';

/**
 * OKX's public WebSocket of v5 and its REST. Pings are the text `ping`. Subscribing again to what one
 * has is acknowledged and nothing more, as the recording shows: whoever lost a book must unsubscribe
 * first to get its snapshot anew.
 * https://www.okx.com/docs-v5/en/#overview-websocket
 */
export function okxDialect(market: OkxMarket, now: () => number): Dialect {
  return {
    rest: (query) => okxRest(query, market, now),
    onMessage: (client, text) => {
      if (text === 'ping') client.send('pong');
      else onRequest(market, client, text);
    },
  };
}

function onRequest(market: OkxMarket, client: FakeClient, text: string): void {
  const parsed = request.safeParse(jsonOf(text));
  if (!parsed.success) {
    client.send(refusalOf('60012', `Illegal request: ${text}`));
    return;
  }
  for (const argument of parsed.data.args) {
    if (parsed.data.op === 'subscribe') subscribe(market, client, argument);
    else unsubscribe(client, argument);
  }
}

function subscribe(market: OkxMarket, client: FakeClient, arg: Argument): void {
  if ('instType' in arg) {
    client.send({ event: 'subscribe', arg, connId: CONNECTION_ID });
    client.streams.add(liquidationStreamOf(arg.instType));
    return;
  }
  const { channel, instId } = arg;
  const isKnown = OKX_INSTRUMENTS.some(({ details }) => details.instId === instId);
  if (!isKnown || !isOkxChannel(channel)) {
    const message = `Wrong URL or channel:${channel},instId:${instId} doesn't exist.`;
    client.send(refusalOf('60018', message));
    return;
  }
  client.send({ event: 'subscribe', arg, connId: CONNECTION_ID });
  const stream = streamOf(channel, instId);
  if (client.streams.has(stream)) return;
  client.streams.add(stream);
  const greeting = market.greeting(channel, instId);
  if (greeting !== undefined) client.send(greeting);
}

function unsubscribe(client: FakeClient, arg: Argument): void {
  if ('instType' in arg) client.streams.delete(liquidationStreamOf(arg.instType));
  else if (isOkxChannel(arg.channel)) client.streams.delete(streamOf(arg.channel, arg.instId));
  client.send({ event: 'unsubscribe', arg, connId: CONNECTION_ID });
}

const refusalOf = (code: string, msg: string) => ({
  event: 'error',
  code,
  msg,
  connId: CONNECTION_ID,
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
