import type { Server } from 'socket.io';
import type { HubMeter } from '#main/telemetry/hub-meter.ts';

/** Engine.IO's numbers of what `allowRequest` refused, which has counted it already. */
const FORBIDDEN = 4;

const FORCED_CLOSE = 'forced close';
/** How `ws` names a message beyond `maxHttpBufferSize`; Engine.IO keeps but its text. */
const TOO_LARGE = 'Max payload size exceeded';

interface EngineConnection {
  on(event: 'close', listener: (reason: string, description?: unknown) => void): unknown;
}

/**
 * Counts what Socket.IO refuses by itself, below any event (rule H6). A connection is `settled` when
 * it has come as far as the handshake; one that is cut off before sent no handshake that is one.
 */
export function countEngineRefusals(
  io: Server,
  meter: HubMeter,
): { settled(connection: object): void } {
  const settled = new WeakSet<object>();
  io.engine.on('connection_error', ({ code }: { code: number }) => {
    if (code !== FORBIDDEN) meter.connectionRefused('bad_request');
  });
  io.engine.on('connection', (connection: EngineConnection) => {
    connection.on('close', (reason, error) => {
      const code = codeOf(reason, error, settled.has(connection));
      if (code) meter.failures.add(code);
    });
  });
  // There is one namespace; who asks for another is answered, and counted.
  io.of((_name, _auth, decide) => {
    meter.connectionRefused('bad_request');
    decide(null, false);
  });
  return { settled: (connection) => settled.add(connection) };
}

function codeOf(reason: string, error: unknown, isSettled: boolean) {
  if (reason === FORCED_CLOSE) return isSettled ? undefined : 'malformed_packet';
  if (reason === 'parse error') return 'malformed_packet';
  if (reason !== 'transport error') return undefined;
  const isTooLarge = error instanceof Error && error.message.includes(TOO_LARGE);
  return isTooLarge ? 'message_too_large' : 'malformed_packet';
}
