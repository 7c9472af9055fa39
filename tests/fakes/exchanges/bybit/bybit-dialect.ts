import { z } from 'zod';
import type { Dialect, FakeClient } from '../fake-server.ts';
import { BYBIT_TOPICS, type BybitMarket } from './bybit-market.ts';
import { bybitRest } from './bybit-rest.ts';

const request = z.object({
  op: z.enum(['subscribe', 'unsubscribe', 'ping']),
  req_id: z.union([z.string(), z.number()]).optional(),
  args: z.array(z.string()).default([]),
});
type Request = z.infer<typeof request>;

const CONNECTION_ID = '2324d924-aa4d-45b0-a858-7b8be29ab52b';
/** Of spot; other markets take more. */
const MOST_TOPICS_A_REQUEST = 10;

/**
 * Bybit's public WebSocket of v5 (spot) and its REST. A snapshot comes before the acknowledgement of
 * its subscription, and a topic that one has already is refused.
 * https://bybit-exchange.github.io/docs/v5/ws/connect
 */
export function bybitDialect(market: BybitMarket, now: () => number): Dialect {
  return {
    rest: (query) => bybitRest(query, market, now),
    onMessage: (client, text) => {
      const parsed = request.safeParse(jsonOf(text));
      if (parsed.success) onRequest(market, client, parsed.data);
      else client.send(acknowledgement({ op: 'subscribe', args: [] }, 'error:invalid op'));
    },
  };
}

function onRequest(market: BybitMarket, client: FakeClient, asked: Request): void {
  switch (asked.op) {
    case 'ping':
      client.send({ ...acknowledgement(asked), ret_msg: 'pong' });
      break;
    case 'unsubscribe':
      for (const topic of asked.args) client.streams.delete(topic);
      client.send(acknowledgement(asked));
      break;
    case 'subscribe':
      subscribe(market, client, asked);
      break;
  }
}

function subscribe(market: BybitMarket, client: FakeClient, asked: Request): void {
  const reason = refusalOf(client, asked.args);
  if (reason === undefined) {
    for (const topic of asked.args) {
      client.streams.add(topic);
      const greeting = market.greeting(topic);
      if (greeting !== undefined) client.send(greeting);
    }
  }
  client.send(acknowledgement(asked, reason));
}

function refusalOf(client: FakeClient, topics: readonly string[]): string | undefined {
  if (topics.length > MOST_TOPICS_A_REQUEST) return 'error:args size >10';
  const unknown = topics.find((topic) => !BYBIT_TOPICS.includes(topic));
  if (unknown !== undefined) return `error:handler not found,topic:${unknown}`;
  const known = topics.find((topic) => client.streams.has(topic));
  return known === undefined ? undefined : `error:already subscribed,topic:${known}`;
}

const acknowledgement = ({ op, req_id }: Request, reason?: string) => ({
  success: reason === undefined,
  ret_msg: reason ?? (op === 'subscribe' ? 'subscribe' : ''),
  conn_id: CONNECTION_ID,
  req_id: String(req_id ?? ''),
  op,
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
