import type { WebSocket } from 'ws';
import { SLOW_BY_MS } from './fake-exchange.ts';
import type { FakeClient } from './fake-server.ts';
import type { Distortion, FaultBox, Frame } from './fault-box.ts';

export const textOf = (message: unknown): string =>
  typeof message === 'string' ? message : JSON.stringify(message);

/** A client's socket; once silenced it stays open and dead for ever. */
export class FakeConnection implements FakeClient {
  readonly path: string;
  readonly streams = new Set<string>();
  readonly memory = new Map<string, unknown>();
  readonly socket: WebSocket;
  readonly #faults: FaultBox;
  /** By stream: the text that waits for its successor. */
  readonly #held = new Map<string, string>();
  /** In the order of sending; each is due no earlier than the one before. */
  readonly #late: { readonly dueTime: number; readonly text: string }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isDead = false;

  constructor(socket: WebSocket, path: string, faults: FaultBox) {
    this.socket = socket;
    this.path = path;
    this.#faults = faults;
    if (faults.isOn('silence')) this.silence();
    socket.on('ping', (data) => {
      if (!this.#isDead) socket.pong(data);
    });
    socket.on('close', () => this.#dispose());
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Nothing is read any more either: not even a close is answered. */
  silence(): void {
    this.#isDead = true;
    this.#dispose();
    this.socket.pause();
  }

  send(message: unknown): void {
    const text = textOf(message);
    const delay = this.#faults.isOn('slow') ? SLOW_BY_MS : 0;
    if (delay === 0 && this.#late.length === 0) {
      this.#write(text);
      return;
    }
    const dueTime = Math.max(performance.now() + delay, this.#late.at(-1)?.dueTime ?? 0);
    this.#late.push({ dueTime, text });
    this.#schedule();
  }

  /** `text`: the frame's, as this client is told it. */
  deliver(frame: Frame, distortion: Distortion, text: string): void {
    for (const each of this.#distorted(frame.stream, distortion, text)) this.send(each);
  }

  #distorted(stream: string, distortion: Distortion, text: string): readonly string[] {
    switch (distortion) {
      case 'none':
        return [text];
      case 'drop':
        return [];
      case 'twice':
        return [text, text];
      case 'half':
        return [text.slice(0, Math.ceil(text.length / 2)), text];
      case 'hold':
        this.#held.set(stream, text);
        return [];
      case 'release': {
        const held = this.#held.get(stream);
        this.#held.delete(stream);
        return held === undefined ? [text] : [text, held];
      }
    }
  }

  #schedule(): void {
    const [first] = this.#late;
    if (this.#timer || !first) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        while (this.#late[0] && this.#late[0].dueTime <= performance.now())
          this.#write(this.#late.shift()?.text ?? '');
        this.#schedule();
      },
      Math.max(0, Math.ceil(first.dueTime - performance.now())),
    );
  }

  #write(text: string): void {
    if (!this.#isDead && this.socket.readyState === this.socket.OPEN) this.socket.send(text);
  }

  #dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#late.length = 0;
  }
}
