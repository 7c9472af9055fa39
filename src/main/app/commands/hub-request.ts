import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import type { AckOf } from '#contract/client-events.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import {
  type RequestInput,
  type RequestMethod,
  type RequestResult,
  requestSchemas,
} from '#contract/requests.ts';
import { urlHost } from '#main/hub/perimeter/perimeter.ts';
import { loadOwnerToken } from '#main/hub/tokens/owner-token.ts';

/** Where a hub runs, and whose token opens it. */
export interface HubPlace {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly tls: boolean;
}

/** What a socket fails to connect with: the hub's refusal has data, the transport's failure a description. */
type ConnectError = Error & {
  readonly data?: unknown;
  readonly description?: { readonly error?: { readonly code?: unknown } };
};

const ANSWER_TIMEOUT_MS = 10_000;

export const addressOf = ({ host, port, tls }: Omit<HubPlace, 'dataDir'>): string =>
  `${tls ? 'https' : 'http'}://${urlHost(host)}:${port}`;

const nothingAnswers = (address: string) =>
  fail('unavailable', `Nothing answers at ${address}. Is Tapedeck running?`);

/** Of Node: whom it does not take for who he says he is. */
const UNTRUSTED = /CERT|UNABLE_TO_(?:GET|VERIFY)/;

/** Why no hub was reached, by the code of Node's failure. */
export const unreached = (address: string, code: unknown) =>
  typeof code === 'string' && UNTRUSTED.test(code)
    ? fail(
        'unavailable',
        `The certificate of ${address} is not trusted (${code}). Where it is yours, name its file in NODE_EXTRA_CA_CERTS.`,
      )
    : nothingAnswers(address);

export const notAccepted = (address: string, dataDir: string) =>
  fail('unavailable', `${address} did not accept the token in ${dataDir}.`);

/** A connection to a running hub, as its owner. */
export interface HubLine {
  ask<M extends RequestMethod>(
    method: M,
    params: RequestInput<M>,
    answerTimeoutMs?: number,
  ): Promise<Result<RequestResult<M>>>;
  close(): void;
}

/** For several requests to the hub that runs at this place. The caller closes it. */
export async function connectToHub(place: HubPlace): Promise<Result<HubLine>> {
  const token = await loadOwnerToken(join(place.dataDir, 'owner.token'));
  if (!token.ok) return token;
  const address = addressOf(place);
  const socket = io(address, {
    auth: { token: token.value, protocol: PROTOCOL_VERSION },
    transports: ['websocket'],
    reconnection: false,
    timeout: ANSWER_TIMEOUT_MS,
  });
  const refusal = await new Promise<ConnectError | undefined>((settled) => {
    socket.once('connect', () => settled(undefined));
    socket.once('connect_error', settled);
  });
  if (!refusal) {
    return succeed({
      ask: (method, params, answerTimeoutMs = ANSWER_TIMEOUT_MS) =>
        askOver(socket.timeout(answerTimeoutMs), address, { method, params }),
      close: () => socket.disconnect(),
    });
  }
  socket.disconnect();
  // The hub itself refuses with data; without, nothing was reached.
  return refusal.data
    ? notAccepted(address, place.dataDir)
    : unreached(address, refusal.description?.error?.code);
}

async function askOver<M extends RequestMethod>(
  socket: Pick<Socket, 'emitWithAck'>,
  address: string,
  request: { readonly method: M; readonly params: RequestInput<M> },
): Promise<Result<RequestResult<M>>> {
  try {
    const ack: AckOf<'request'> = await socket.emitWithAck('request', request);
    if (!ack.ok) return ack;
    const result = requestSchemas[request.method].result.safeParse(ack.result);
    return result.success
      ? succeed(result.data as RequestResult<M>)
      : fail('internal', `${address} answered in a way that this version does not understand.`);
  } catch {
    // The one thing that rejects is the wait for the acknowledgement.
    return nothingAnswers(address);
  }
}

/** One request to the hub that runs at this place, as its owner. */
export async function askHub<M extends RequestMethod>(
  place: HubPlace,
  method: M,
  params: RequestInput<M>,
  answerTimeoutMs?: number,
): Promise<Result<RequestResult<M>>> {
  const hub = await connectToHub(place);
  if (!hub.ok) return hub;
  try {
    return await hub.value.ask(method, params, answerTimeoutMs);
  } finally {
    hub.value.close();
  }
}
