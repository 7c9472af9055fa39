import { malformedPacket, type Targets, tokenLike } from './hub-inputs.ts';
import type { SeededRandom } from './random.ts';

const PATHS = [
  '/',
  '/health',
  '/metrics',
  '/session',
  '/session/codes',
  '/api/v1/bots',
  '/api/v1/bots/BOT',
  '/api/v1/bots/BOT/start',
  '/api/v1/fills',
  '/api/v1/orders?botId=BOT',
  '/api/v1/notifications',
  '/api/v1/tokens',
  '/api/v1/openapi.json',
  '/assets/../../../etc/passwd',
  '/..%2f..%2fledger.db',
  '/owner.token',
  '/%00',
  '/%',
  '//evil.example/',
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'BREW'];

/**
 * The query of Socket.IO's path, with the shapes of published attacks: a transport of
 * `Object.prototype` (CVE-2023-31125), doubled or foreign session ids (CVE-2022-41940), an unknown
 * protocol.
 */
function engineQuery(random: SeededRandom, sid: string): string {
  const transport = random.pick([
    'polling',
    'websocket',
    'constructor',
    '__proto__',
    'toString',
    '',
  ]);
  const parts = [
    `EIO=${random.pick(['4', '3', '', '999', 'x'])}`,
    `transport=${transport}`,
    `sid=${random.pick([sid, random.mutate('abcdefgh'), '__proto__', ''])}`,
    `sid=${sid}`,
    `t=${random.below(9)}`,
    `j=${random.below(9)}`,
    `b64=1`,
  ];
  return parts.filter(() => random.chance(0.6)).join('&');
}

const upgradeHeaders = (random: SeededRandom): string[] => [
  'Connection: Upgrade',
  `Upgrade: ${random.pick(['websocket', 'h2c', 'WebSocket', 'x'])}`,
  `Sec-WebSocket-Version: ${random.pick(['13', '8', '99', ''])}`,
  `Sec-WebSocket-Key: ${random.pick(['dGhlIHNhbXBsZSBub25jZQ==', 'short', ''])}`,
  // The shapes of CVE-2021-32640 and of extensions that are none.
  ...(random.chance(0.2) ? [`Sec-WebSocket-Protocol: a${' '.repeat(random.below(4_000))}b`] : []),
  ...(random.chance(0.2)
    ? [
        `Sec-WebSocket-Extensions: ${random.mutate('permessage-deflate; client_max_window_bits=15')}`,
      ]
    : []),
];

/** One HTTP request as bytes: well-formed with wrong content, or hardly HTTP. */
export function httpRequest(
  random: SeededRandom,
  targets: Targets,
  { port, sid }: { readonly port: number; readonly sid: string },
): Buffer {
  if (random.chance(0.05)) return random.bytes(1 + random.below(200));
  const isEngine = random.chance(0.4);
  const plain = random.pick(PATHS).replace('BOT', targets.botId);
  const path = isEngine
    ? `/socket.io/?${engineQuery(random, sid)}`
    : random.chance(0.3)
      ? random.mutate(plain)
      : plain;
  const body = random.chance(0.4)
    ? random.pick([
        JSON.stringify({ code: random.mutate('abc') }),
        `4${malformedPacket(random, targets)}`,
        random.bytes(random.below(99)).toString('latin1'),
        'x'.repeat(random.chance(0.1) ? 11_000 : 99),
      ])
    : '';
  const host = random.chance(0.8)
    ? `127.0.0.1:${port}`
    : random.pick([
        'evil.example',
        `localhost.:${port}`,
        `[::1]:${port}`,
        '',
        random.mutate('127'),
      ]);
  const headers = [
    ...(random.chance(0.97) ? [`Host: ${host}`] : []),
    ...(random.chance(0.2) ? [`Origin: ${random.pick(['null', 'http://evil.example', ''])}`] : []),
    ...(random.chance(0.3) ? [`Authorization: Bearer ${tokenLike(random, targets.token)}`] : []),
    ...(random.chance(0.1) ? [`Cookie: tapedeck_session_${port}=${random.mutate('1.abc')}`] : []),
    ...(random.chance(0.2) ? ['Content-Type: application/json'] : []),
    ...(random.chance(0.3) && isEngine ? upgradeHeaders(random) : []),
    // The shape of CVE-2024-37890.
    ...(random.chance(0.01) ? Array.from({ length: 2_500 }, (_, index) => `X${index}: 1`) : []),
    ...(body ? [`Content-Length: ${random.chance(0.95) ? Buffer.byteLength(body) : '-1'}`] : []),
    ...(random.chance(0.03) ? [random.mutate('Transfer-Encoding: chunked')] : []),
    'Connection: close',
  ];
  const method = body ? random.pick(['POST', 'PUT', 'PATCH']) : random.pick(METHODS);
  const head = `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`;
  return Buffer.from(random.chance(0.05) ? random.mutate(head) : head + body, 'utf8');
}

/** The body of a poll: packets apart by 0x1e, or what only looks so. */
export const pollBody = (random: SeededRandom, targets: Targets): string =>
  random.pick([
    () => `4${malformedPacket(random, targets)}`,
    () =>
      Array.from({ length: random.below(20) }, () => `4${malformedPacket(random, targets)}`).join(
        '\x1e',
      ),
    () => '\x1e'.repeat(random.below(2_000)),
    () => `b${random.bytes(random.below(60)).toString('base64')}`,
    () => `b${random.mutate('AAAA====')}`,
    () => `${random.below(300)}:4${malformedPacket(random, targets)}`,
    () => 'x'.repeat(random.below(12_000)),
    () => '',
    () => random.pick(['0', '1', '2', '2probe', '5', '6', '7']),
  ])();

/** A frame of a client's: masked by zeros, so that its payload stands as it is. */
const clientFrame = (firstByte: number, payload: Buffer): Buffer =>
  Buffer.concat([Buffer.from([firstByte, 0x80 | payload.length, 0, 0, 0, 0]), payload]);

const FIRST_FRAGMENT = 0x01;
const NEXT_FRAGMENT = 0x00;
const PING = 0x89;
const CLOSE = 0x88;
/** More than `ws` takes in one message. */
const MOST_FRAGMENTS = 17_000;
const PINGS = 2_000;

/** Frames that are well-formed one by one: many for one message, many to answer, or a last one that lies. */
function frameStorm(random: SeededRandom): Buffer {
  const tiny = () => random.bytes(random.below(2));
  return random.pick([
    // The shape of CVE-2026-48779: a message in ever more, ever smaller pieces.
    () => {
      const count = random.pick([10, 1_000, MOST_FRAGMENTS]);
      const next = Array.from({ length: count }, () => clientFrame(NEXT_FRAGMENT, tiny()));
      return Buffer.concat([clientFrame(FIRST_FRAGMENT, tiny()), ...next]);
    },
    () => Buffer.concat(Array.from({ length: PINGS }, () => clientFrame(PING, random.bytes(125)))),
    // Of CVE-2026-45736, reasons of a close: what is echoed must be what was sent.
    () => {
      const code = Buffer.alloc(2);
      code.writeUInt16BE(random.pick([0, 999, 1_000, 1_005, 1_006, 1_015, 3_000, 4_999, 65_535]));
      return clientFrame(CLOSE, Buffer.concat([code, random.bytes(random.below(123))]));
    },
    () => clientFrame(CLOSE, random.bytes(1)),
  ])();
}

/** Bytes after a websocket's handshake that are no frames: bits, opcodes and lengths that lie. */
export function websocketBytes(random: SeededRandom): Buffer {
  if (random.chance(0.1)) return frameStorm(random);
  const first = random.below(256);
  const length = random.pick([0, 5, 125, 126, 127]);
  const masked = random.chance(0.7) ? 0x80 : 0;
  const extended = length === 126 ? random.bytes(2) : length === 127 ? random.bytes(8) : [];
  const frame = Buffer.from([first, masked | length, ...extended, ...random.bytes(masked ? 4 : 0)]);
  return Buffer.concat([frame, random.bytes(random.below(150))]);
}
