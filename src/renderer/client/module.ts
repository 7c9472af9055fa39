import { HubClient } from './hub-client.ts';
import { SocketTransport, tokenSocket } from './socket-transport.ts';
import { systemClock } from './system-clock.ts';

/** The client library as a module of its own, for bots and other programs. See clients/hub-client. */

import type { BotRecordInput } from '#contract/bot-records.ts';
import type { Result } from '#contract/errors.ts';
import type { RequestInput, RequestMethod, RequestResult } from '#contract/requests.ts';
import type { Unbranded } from '#domain/brand.ts';

export type { BotCommand } from '#contract/bot-records.ts';
export { channel } from '#contract/channels.ts';
export type { Failure, Result } from '#contract/errors.ts';
export type { Push } from '#contract/pushes.ts';
export type { ChannelHandler, SubscribeOptions } from './channel-subscription.ts';
export type { ConnectionState } from './transport.ts';

export interface HubAddress {
  /** The hub's base address, `http://127.0.0.1:8377`. */
  readonly url: string;
  /** A token, or where one is had: asked before each connection, so that it may be a fresh one. */
  readonly token: string | (() => string | Promise<string>);
  /** In the order in which they are tried; websocket and then long polling, if not given. */
  readonly transports?: ('websocket' | 'polling')[];
  /** A push that this version of the client does not know: it is left out, and told here. */
  readonly onRejectedPush?: (event: string) => void;
}

type Params<M extends RequestMethod> = Unbranded<RequestInput<M>>;

/** `HubClient` for those who have plain strings and numbers: both ends check them by schema. */
export interface Hub extends Omit<HubClient, 'request' | 'publish' | 'start'> {
  request<M extends RequestMethod>(
    method: M,
    ...params: undefined extends RequestInput<M> ? [] : [params: Params<M>]
  ): Promise<Result<RequestResult<M>>>;
  publish(record: Unbranded<BotRecordInput>): ReturnType<HubClient['publish']>;
}

/**
 * A client that connects now, and again whenever the connection breaks, with the backoff of rule
 * H5. Its subscriptions recover by themselves (rule B4). `stop()` ends it.
 */
export function connectToHub({ url, token, transports, onRejectedPush }: HubAddress): Hub {
  let current = '';
  const socket = tokenSocket({ url, token: () => current, ...(transports && { transports }) });
  const transport = new SocketTransport({
    socket,
    clock: systemClock,
    random: Math.random,
    openSession: async () => {
      current = typeof token === 'string' ? token : await token();
    },
  });
  const client = new HubClient({ transport, ...(onRejectedPush && { onRejectedPush }) });
  client.start();
  return client as Hub;
}
