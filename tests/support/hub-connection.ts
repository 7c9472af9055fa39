import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { Ack, SubscribeReply } from '#contract/client-events.ts';
import type { RequestInput, RequestMethod, RequestResult } from '#contract/requests.ts';

/** A plain Socket.IO client of the hub, as a user's own program would be written. */
export class HubConnection {
  readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static connect(url: string, token?: string): Promise<HubConnection> {
    const socket = io(url, {
      auth: { ...(token && { token }), protocol: 1 },
      transports: ['websocket'],
      reconnection: false,
    });
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new HubConnection(socket)));
      socket.once('connect_error', reject);
    });
  }

  /** With the token that a monitor on this data directory has made for its owner. */
  static ofOwner(url: string, dataDirectory: string): Promise<HubConnection> {
    return HubConnection.connect(
      url,
      readFileSync(join(dataDirectory, 'owner.token'), 'utf8').trim(),
    );
  }

  async request<M extends RequestMethod>(
    method: M,
    params: RequestInput<M>,
  ): Promise<RequestResult<M>> {
    const ack = await this.call<{ result: RequestResult<M> }>('request', { method, params });
    return ack.result;
  }

  subscribe(channel: string): Promise<SubscribeReply> {
    return this.call<SubscribeReply & { ok: true }>('subscribe', { channel });
  }

  async call<T extends object>(event: string, payload?: unknown): Promise<T> {
    const ack = (await this.socket.timeout(10_000).emitWithAck(event, payload)) as Ack<T>;
    if (!ack.ok) throw new Error(`${ack.error.code}: ${ack.error.message}`);
    return ack;
  }

  close(): void {
    this.socket.close();
  }
}

/** Within the 20 requests a second that a connection may make (rule H4). */
const POLL_MS = 100;

/** Asks until the answer satisfies, for at most `withinMs` (a busy machine is slow); throws with the last answer. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  satisfies: (answer: T) => boolean,
  withinMs = 40_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
