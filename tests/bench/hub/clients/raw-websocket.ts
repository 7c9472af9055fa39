import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A WebSocket client of the least cost, so that what is measured is the server and not its clients. */

export interface RawWebSocketOptions {
  readonly port: number;
  readonly path: string;
  readonly onOpen: (socket: RawWebSocket) => void;
  /** The text lies in `bytes` from `start` to `end`, and only until the call returns. */
  readonly onText: (socket: RawWebSocket, bytes: Buffer, start: number, end: number) => void;
  readonly onClose: (socket: RawWebSocket) => void;
}

const TEXT_FRAME = 0x81;
const MASKED = 0x80;
const MASK_BYTES = 4;
const END_OF_HEADERS = '\r\n\r\n';

export class RawWebSocket {
  readonly socket: Socket;
  readonly #options: RawWebSocketOptions;
  #isOpen = false;
  #rest: Buffer | null = null;

  constructor(options: RawWebSocketOptions) {
    this.#options = options;
    this.socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
    this.socket.on('connect', () => this.socket.write(this.#upgradeRequest()));
    this.socket.on('data', (chunk) => this.#read(chunk));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => options.onClose(this));
  }

  send(text: string): void {
    const body = Buffer.from(text);
    const mask = randomBytes(MASK_BYTES);
    const head =
      body.length < 126
        ? Buffer.from([TEXT_FRAME, MASKED | body.length])
        : Buffer.from([TEXT_FRAME, MASKED | 126, body.length >> 8, body.length & 0xff]);
    for (let index = 0; index < body.length; index += 1) {
      body[index] = (body[index] ?? 0) ^ (mask[index % MASK_BYTES] ?? 0);
    }
    this.socket.write(Buffer.concat([head, mask, body]));
  }

  #upgradeRequest(): string {
    const { port, path } = this.#options;
    return [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      '\r\n',
    ].join('\r\n');
  }

  #read(chunk: Buffer): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    if (!this.#isOpen) {
      const end = bytes.indexOf(END_OF_HEADERS);
      if (end < 0) {
        this.#rest = bytes;
        return;
      }
      this.#isOpen = true;
      bytes = bytes.subarray(end + END_OF_HEADERS.length);
      this.#options.onOpen(this);
    }
    this.#readFrames(bytes);
  }

  #readFrames(bytes: Buffer): void {
    let at = 0;
    while (bytes.length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length - at < head) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : bytes.readUIntBE(at + 4, 6);
      const end = at + head + length;
      if (end > bytes.length) break;
      if (bytes[at] === TEXT_FRAME) this.#options.onText(this, bytes, at + head, end);
      at = end;
    }
    if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
  }
}
