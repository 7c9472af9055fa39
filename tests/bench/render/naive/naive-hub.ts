import { io } from 'socket.io-client';
import type { Push, PushEvent, PushPayload } from '#contract/pushes.ts';
import type { RequestInput, RequestMethod, RequestResult } from '#contract/requests.ts';

export interface NaiveTerms {
  /** Of the hub, or of what stands before it. */
  readonly url: string;
  readonly token: string;
  /** Where the watchlist has its prices from: each trade, or what the hub makes of them. */
  readonly prices: 'ofTrades' | 'ofTickers';
  /** What moves the last candle of the chart: each trade, or what the hub makes of them. */
  readonly candles: 'ofTrades' | 'ofHub';
}

declare global {
  interface Window {
    /** Put there by the bench. */
    naive: NaiveTerms;
    /** Trades that have arrived for the watchlist. */
    naiveTicks: number;
  }
}

export const BTC = 'demo:BTC/USDT';

const socket = io(window.naive.url, {
  auth: { token: window.naive.token, protocol: 1 },
  transports: ['websocket'],
});

window.naiveTicks = 0;
export const countTick = (): void => {
  window.naiveTicks += 1;
};

export async function request<M extends RequestMethod>(
  method: M,
  params: RequestInput<M>,
): Promise<RequestResult<M>> {
  const ack = await socket.emitWithAck('request', { method, params });
  return ack.result as RequestResult<M>;
}

type Listener = (payload: PushPayload<PushEvent>) => void;
const listeners = new Map<string, Set<Listener>>();
const tell = (payload: PushPayload<PushEvent>) => {
  for (const listener of listeners.get(payload.channel) ?? []) listener(payload);
};
socket.onAny((_event: string, payload: PushPayload<PushEvent>) => tell(payload));

/** Hears a channel: what it starts with, and all that follows. */
export function hear<E extends PushEvent>(
  channel: string,
  event: E,
  listener: (payload: PushPayload<E>) => void,
): () => void {
  const ofChannel = listeners.get(channel) ?? new Set();
  listeners.set(channel, ofChannel.add(listener as Listener));
  void socket.emitWithAck('subscribe', { channel }).then(({ pushes }: { pushes: Push[] }) => {
    for (const push of pushes) if (push.event === event) listener(push.payload as PushPayload<E>);
  });
  return () => void ofChannel.delete(listener as Listener);
}
