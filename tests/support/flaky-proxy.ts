import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a server that can be cut, or fall silent without either end being told. */
export class FlakyProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #pairs = new Set<readonly [Socket, Socket]>();

  private constructor(server: Server, target: () => number) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (near) => this.#join(near, target()));
  }

  /** `target` is asked at each connection: the server may have come back on another port. */
  static async start(target: () => number): Promise<FlakyProxy> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new FlakyProxy(server, target);
  }

  /** Cuts what is open with a TCP reset. */
  reset(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Makes what is open half-open: nothing passes any more, and nobody hears of it. */
  freeze(): void {
    for (const [near, far] of this.#pairs) {
      near.removeAllListeners('data').pause();
      far.removeAllListeners('data').pause();
    }
  }

  close(): void {
    this.#server.close();
    this.reset();
  }

  #join(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.on('data', (chunk) => far.write(withHost(chunk, port)));
    far.on('data', (chunk) => near.write(chunk));
  }
}

const BEGINS_REQUEST = /^(?:GET|POST|OPTIONS) /;

/** The server answers to its own name only: requests are made to look as if sent to it. */
function withHost(chunk: Buffer, port: number): Buffer {
  const text = chunk.toString('latin1');
  if (!BEGINS_REQUEST.test(text)) return chunk;
  return Buffer.from(text.replace(/^host: .*$/im, `Host: 127.0.0.1:${port}`), 'latin1');
}
