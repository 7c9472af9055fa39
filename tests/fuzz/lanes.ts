import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { FuzzedHub } from './fuzzed-hub.ts';
import { httpRequest, pollBody, websocketBytes } from './http-inputs.ts';
import { eventOf, malformedFrame, type Targets, tokenLike } from './hub-inputs.ts';
import type { Observations } from './observations.ts';
import type { SeededRandom } from './random.ts';

/** One client that goes on until it has sent its share. */
export interface Lane {
  readonly hub: FuzzedHub;
  readonly random: SeededRandom;
  readonly targets: Targets;
  readonly seen: Observations;
}

const ANSWER_TIMEOUT_MS = 5_000;
const EVENTS_PER_TURN = 50;
const FRAMES_PER_TURN = 8;
const handshake = (token: string) => `40${JSON.stringify({ token, protocol: 1 })}`;

/** A Socket.IO client that speaks its protocol by hand. */
class RawClient {
  readonly #socket: WebSocket;
  readonly #seen: Observations;
  readonly #pending = new Map<number, { settle: () => void; input: string }>();
  readonly #connected: Array<(isIn: boolean) => void> = [];
  #nextId = 0;
  /** The hub has said why it ends the connection. */
  #isTold = false;
  isClosed = false;

  constructor({ hub, seen }: Lane) {
    this.#seen = seen;
    const address = `${hub.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.#socket = new WebSocket(address);
    this.#socket.on('message', (data) => this.#receive(String(data)));
    // What follows is the close.
    this.#socket.on('error', () => this.#socket.terminate());
    this.#socket.on('close', () => {
      if (!this.isClosed && !this.#isTold) this.#seen.cutOff += 1;
      this.#close();
    });
  }

  get opened(): Promise<void> {
    if (this.isClosed || this.#socket.readyState === WebSocket.OPEN) return Promise.resolve();
    return new Promise((resolve) => {
      this.#socket.once('open', () => resolve());
      this.#socket.once('close', () => resolve());
    });
  }

  send(frame: string | Buffer): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** Joins the namespace; false where the hub refuses. */
  async join(packet: string): Promise<boolean> {
    await this.opened;
    if (this.isClosed) return false;
    const joined = new Promise<boolean>((resolve) => this.#connected.push(resolve));
    this.send(packet);
    return this.#inTime(joined, 'handshake');
  }

  /** Sends an event; resolves when it is answered, or the connection is gone. */
  async call(args: readonly unknown[]): Promise<void> {
    if (this.isClosed) return;
    const id = this.#nextId++;
    const input = JSON.stringify(args);
    const answered = new Promise<boolean>((resolve) => {
      this.#pending.set(id, { settle: () => resolve(true), input });
    });
    this.send(`42${id}${input}`);
    await this.#inTime(answered, input);
  }

  end(): void {
    this.#close();
    this.#socket.terminate();
  }

  #receive(text: string): void {
    this.#seen.received(text);
    if (text === '2') this.send('3');
    const [, id, body] = /^43(\d+)(\[.*)$/s.exec(text) ?? [];
    if (id !== undefined && body !== undefined) {
      const call = this.#pending.get(Number(id));
      this.#seen.acknowledged(JSON.parse(body)[0]);
      if (body.includes('"code":"internal"')) this.#seen.failed(call?.input ?? text);
      call?.settle();
      this.#pending.delete(Number(id));
    } else if (text.startsWith('40')) this.#connected.shift()?.(true);
    else if (text.startsWith('44')) this.#refused(text);
    else if (text.startsWith('42["closing"')) {
      this.#isTold = true;
      this.#seen.closing(JSON.parse(text.slice(2))[1]);
    } else if (text.startsWith('42["error"')) this.#seen.refused(JSON.parse(text.slice(2))[1].code);
  }

  #refused(text: string): void {
    // Of a namespace that there is not, Socket.IO says so in its own words.
    if (text.startsWith('44{')) {
      const { data } = JSON.parse(text.slice(2)) as { data?: { code?: string } };
      if (data?.code) this.#seen.refused(data.code);
      else this.#seen.complain(`untyped refusal: ${text}`);
      this.#isTold = true;
      this.#connected.shift()?.(false);
    }
  }

  #close(): void {
    this.isClosed = true;
    for (const { settle } of this.#pending.values()) settle();
    this.#pending.clear();
    for (const resolve of this.#connected.splice(0)) resolve(false);
  }

  async #inTime(answer: Promise<boolean>, what: string): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), ANSWER_TIMEOUT_MS);
    });
    const result = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (result === undefined) {
      this.#seen.complain(`unanswered: ${what.slice(0, 300)}`);
      this.end();
    }
    return result ?? false;
  }
}

/** Well-formed packets with events and payloads that are not: each must be answered, and typed. */
export async function eventLane(lane: Lane, count: number): Promise<void> {
  const { random, targets, seen } = lane;
  for (let sent = 0; sent < count; ) {
    const client = new RawClient(lane);
    if (!(await client.join(handshake(targets.token)))) return seen.complain('no way in');
    while (sent < count && !client.isClosed) {
      const size = Math.min(EVENTS_PER_TURN, count - sent);
      await Promise.all(Array.from({ length: size }, () => client.call(eventOf(random, targets))));
      seen.sent('events', size);
      sent += size;
    }
    client.end();
  }
}

/** What is not the protocol: after it either the connection is gone or it still answers. */
export async function frameLane(lane: Lane, count: number): Promise<void> {
  const { random, targets, seen } = lane;
  for (let sent = 0; sent < count; sent += FRAMES_PER_TURN) {
    const client = new RawClient(lane);
    const isEarly = random.chance(0.2);
    if (isEarly) await client.opened;
    else await client.join(handshake(targets.token));
    for (let frame = 0; frame < FRAMES_PER_TURN; frame += 1) {
      client.send(malformedFrame(random, targets));
    }
    if (!isEarly && random.chance(0.5)) await client.call(['request', { method: 'system.info' }]);
    seen.sent('frames', FRAMES_PER_TURN);
    client.end();
  }
}

/** Tokens that are almost ones, at the handshake and for REST: none opens anything. */
export async function tokenLane(lane: Lane, count: number): Promise<void> {
  const { random, targets, seen, hub } = lane;
  for (let sent = 0; sent < count; sent += 1) {
    const token = tokenLike(random, targets.token);
    seen.sent('tokens');
    if (random.chance(0.5)) {
      const client = new RawClient(lane);
      if ((await client.join(handshake(token))) && token !== targets.token) {
        seen.complain(`let in: ${token}`);
      }
      client.end();
    } else {
      const head = `GET /api/v1/bots HTTP/1.1\r\nHost: 127.0.0.1:${hub.port}\r\n`;
      const answer = await exchange(
        hub.port,
        Buffer.from(`${head}Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`),
      );
      seen.responded(answer);
      if (answer.includes(' 200 ') && token !== targets.token) seen.complain(`let in: ${token}`);
    }
  }
}

export async function httpLane(lane: Lane, count: number): Promise<void> {
  const { random, targets, seen, hub } = lane;
  const { port } = hub;
  for (let sent = 0; sent < count; sent += 1) {
    const sid = random.mutate('Xq3vY0w1z2AAAAAAAAAB');
    seen.sent('http');
    const request = httpRequest(random, targets, { port, sid });
    seen.responded(await exchange(port, request), request.toString('latin1', 0, 5) === 'HEAD ');
  }
}

const BODIES_PER_SESSION = 6;

/** Sessions by long polling whose bodies are not what they should be. */
export async function pollLane(lane: Lane, count: number): Promise<void> {
  const { random, targets, seen, hub } = lane;
  const base = `${hub.url}/socket.io/?EIO=4&transport=polling`;
  for (let sent = 0; sent < count; sent += BODIES_PER_SESSION) {
    const opened = await (await fetch(base)).text();
    const url = `${base}&sid=${(JSON.parse(opened.slice(1)) as { sid: string }).sid}`;
    const post = (body: string) => text(url, { method: 'POST', body }, seen);
    if (random.chance(0.8)) await post(handshake(targets.token));
    for (let body = 0; body < BODIES_PER_SESSION; body += 1) await post(pollBody(random, targets));
    seen.sent('poll bodies', BODIES_PER_SESSION);
    if (random.chance(0.3)) {
      // Two polls at once end a session, whatever it has come to.
      await Promise.all([text(url, {}, seen), text(url, {}, seen)]);
    }
    await post('1');
  }
}

async function text(url: string, init: RequestInit, seen: Observations): Promise<void> {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  try {
    const response = await fetch(url, { ...init, signal });
    seen.responded(`HTTP/1.1 ${response.status}\r\n\r\n${await response.text()}`);
  } catch {
    // The hub may close the connection on what it was sent; that is an answer, too.
    seen.received('');
  }
}

/** After a websocket's handshake, bytes that are no frames. */
export async function bytesLane(lane: Lane, count: number): Promise<void> {
  const { random, seen, hub } = lane;
  const upgrade = [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `Host: 127.0.0.1:${hub.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ].join('\r\n');
  for (let sent = 0; sent < count; sent += 1) {
    seen.sent('websocket bytes');
    const bytes = Buffer.concat([Buffer.from(`${upgrade}\r\n\r\n`), websocketBytes(random)]);
    seen.received(await exchange(hub.port, bytes));
  }
}

/** Writes, ends, and gives what comes back until the hub ends, too. */
const exchange = (port: number, bytes: Buffer): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy());
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    // The hub may well reset who sends this.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answer));
  });
