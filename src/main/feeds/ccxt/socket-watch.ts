import { BaseError, NetworkError } from 'ccxt';
import type { TimerClock } from '#domain/clock.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';

const LOOK_MS = 1_000;
/** Two probes unanswered, and a little more: then the line is dead, whatever TCP believes. */
const SILENCE_MS = 12_000;

/** What ccxt keeps of a connection; only this much of it is relied on. */
interface Socket {
  readonly url: string;
  lastPong?: number | undefined;
  readonly connectionStarted?: number | undefined;
  readonly connectionEstablished?: number | undefined;
}

export interface SocketWatchOptions {
  readonly clock: TimerClock;
  /** The first frame of any socket. */
  readonly onAlive: () => void;
  /** False keeps a frame from ccxt. */
  readonly onFrame: (frame: unknown, url: string) => boolean;
  /** ccxt has made of the frame what it makes of it. */
  readonly onTaken: (frame: unknown) => void;
  /** ccxt stumbled over what is in the frame. */
  readonly onUnreadable: (error: unknown) => void;
  /** A socket broke, or none of its frames came for too long. Called once. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * Stands between the sockets and ccxt: learns at once when one breaks, sees the frames before ccxt
 * does, and notices when a connection is half open, which ccxt does after minutes. The returned
 * function stops watching.
 */
export function watchSockets(exchange: CcxtExchange, options: SocketWatchOptions): () => void {
  const heard = new Map<string, number>();
  const { clock } = options;
  const breakOnce = once(options.onBroken);
  const aliveOnce = once(options.onAlive);
  const handleMessage = exchange.handleMessage.bind(exchange);
  exchange.handleMessage = (client: Socket, frame: unknown) => {
    const now = clock.now();
    heard.set(client.url, now);
    // Any frame proves as much as the answer to a probe.
    client.lastPong = now;
    aliveOnce(undefined);
    if (!options.onFrame(frame, client.url)) return;
    try {
      handleMessage(client, frame);
    } catch (error) {
      // What ccxt means to say, it says to those who wait. What merely befell it would be told to
      // them all, or to nobody where nobody waits just then.
      if (error instanceof BaseError) throw error;
      options.onUnreadable(error);
      return;
    }
    options.onTaken(frame);
  };
  const onError = exchange.onError.bind(exchange);
  exchange.onError = (client: Socket, error: unknown) => {
    onError(client, error);
    breakOnce(error);
  };
  const onClose = exchange.onClose.bind(exchange);
  exchange.onClose = (client: Socket, event: unknown) => {
    onClose(client, event);
    breakOnce(new NetworkError(`the connection was closed${closeCodeOf(event)}`));
  };
  const stop = clock.setInterval(() => {
    const now = clock.now();
    for (const client of Object.values(exchange.clients)) {
      if (now - lastSign(client, heard) > SILENCE_MS) {
        breakOnce(new NetworkError(`nothing was heard for ${SILENCE_MS / 1_000} s`));
      }
    }
  }, LOOK_MS);
  return stop;
}

/** Our clock at the last frame or answer to a probe, else when it was dialled. */
function lastSign(client: Socket, heard: ReadonlyMap<string, number>): number {
  const { url, lastPong = 0, connectionStarted, connectionEstablished } = client;
  const dialled = connectionEstablished ?? connectionStarted ?? Number.POSITIVE_INFINITY;
  return Math.max(heard.get(url) ?? 0, lastPong, dialled);
}

function closeCodeOf(event: unknown): string {
  const isEvent = typeof event === 'object' && event !== null && 'code' in event;
  return isEvent ? ` (${String(event.code)})` : '';
}

function once<T>(callback: (value: T) => void): (value: T) => void {
  let isCalled = false;
  return (value) => {
    if (isCalled) return;
    isCalled = true;
    callback(value);
  };
}
