import { io } from 'socket.io-client';
import type { Push, PushEvent, PushPayload } from '#contract/pushes.ts';
import type { RequestInput, RequestMethod, RequestResult } from '#contract/requests.ts';

declare global {
  interface Window {
    /** Put there by the bench. */
    naiveToken: string;
    /** Where the watchlist has its prices from: each trade, or what the hub makes of them. */
    naivePrices: 'ofTrades' | 'ofTickers';
    /** Trades that have arrived for the watchlist. */
    naiveTicks: number;
  }
}

export const BTC = 'demo:BTC/USDT';

const socket = io({
  auth: { token: window.naiveToken, protocol: 1 },
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

/** Hears a channel: what it starts with, and all that follows. */
export function hear<E extends PushEvent>(
  channel: string,
  event: E,
  listener: (payload: PushPayload<E>) => void,
): () => void {
  const onPush = (payload: PushPayload<PushEvent>) => {
    if (payload.channel === channel) listener(payload as PushPayload<E>);
  };
  socket.on(event as string, onPush);
  void socket.emitWithAck('subscribe', { channel }).then(({ pushes }: { pushes: Push[] }) => {
    for (const push of pushes) if (push.event === event) onPush(push.payload);
  });
  return () => {
    socket.off(event as string, onPush);
  };
}
