import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { isLoopback } from '../perimeter/perimeter.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Certificate and key in PEM. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** Allows an address that others reach although nothing is encrypted. */
  readonly insecureLan?: boolean;
}

export interface ListeningServer {
  readonly server: HttpServer | HttpsServer;
  readonly port: number;
  /** Cuts every connection, also those that were upgraded and those that do not answer. */
  destroyConnections(): void;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;

/** Binds the port. What stands in the way comes back as one sentence (rule H3 among it). */
export async function listen(options: ListenOptions): Promise<Result<ListeningServer>> {
  const { host, port, tls, insecureLan = false } = options;
  if (!isLoopback(host) && !tls && !insecureLan) {
    return fail(
      'unavailable',
      `Listening on ${host} would show everything to the network: give a TLS certificate and key, or --insecure-lan to do without.`,
    );
  }
  try {
    // A request without a Host is the perimeter's to refuse: Node would do it, and tell nobody.
    const server = tls
      ? createTlsServer({ ...tls, requireHostHeader: false })
      : createServer({ requireHostHeader: false });
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    await bind(server, host, port);
    return succeed(track(server));
  } catch (error) {
    return fail('unavailable', sentenceOf(error, host, port));
  }
}

const bind = (server: HttpServer | HttpsServer, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });

function track(server: HttpServer | HttpsServer): ListeningServer {
  const connections = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    destroyConnections: () => {
      for (const connection of connections) connection.destroy();
    },
  };
}

function sentenceOf(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is already in use. Is Tapedeck running already? Another port is taken with --port.`;
    case 'EACCES':
      return `Port ${port} on ${host} may not be used by this user. Another port is taken with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}.`;
    default:
      return `The hub cannot listen on ${host}:${port} (${code}).`;
  }
}
