import { BOT_TOPICS } from '#contract/channels.ts';
import { clientEventSchemas } from '#contract/client-events.ts';
import { requestSchemas } from '#contract/requests.ts';
import type { SeededRandom } from './random.ts';

/** What the fuzzer knows of the hub: a name for everything that it should not get at. */
export interface Targets {
  readonly botId: string;
  readonly token: string;
}

const METHODS = Object.keys(requestSchemas);
const EVENTS = Object.keys(clientEventSchemas);
const NAMES = ['__proto__', 'constructor', 'toString', 'then', 'length', 'hasOwnProperty', ''];
const STRINGS = ['demo:BTC/USDT', 'BTC/USDT', '1m', 'owner', 'canary', 'replay:/etc/passwd', '*'];
const NUMBERS = [0, -0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 1e-320];

function junkValue(random: SeededRandom, depth = 0): unknown {
  const kind = random.below(depth > 4 ? 6 : 10);
  if (kind === 0) return random.pick([null, true, false]);
  if (kind === 1) return random.pick(NUMBERS);
  if (kind === 2) return random.pick(NAMES);
  if (kind === 3) return random.pick(STRINGS);
  if (kind === 4) return 'x'.repeat(random.below(random.chance(0.02) ? 12_000 : 200));
  if (kind === 5) return random.mutate(random.pick(STRINGS));
  if (kind < 8) return Array.from({ length: random.below(5) }, () => junkValue(random, depth + 1));
  const keys = [...NAMES, 'channel', 'since', 'epoch', 'offset', 'method', 'params', 'botId', 'id'];
  const entries = Array.from({ length: random.below(5) }, () => [
    random.pick(keys),
    junkValue(random, depth + 1),
  ]);
  // By JSON, so that `__proto__` is a key of its own as it is on the wire.
  return JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)}}`);
}

function channelName(random: SeededRandom, { botId }: Targets): string {
  const name = random.pick([
    `bot:${botId}:${random.pick(BOT_TOPICS)}`,
    'user:owner:notifications',
    'user:canary:balance',
    'user:canary:notifications',
    'admin',
    'feeds',
    'watchlist',
    'price:public',
    'alerts',
    'announcement',
    `desk:${random.pick(['lobby', 'a', '__proto__'])}`,
    'symbol:demo:BTC/USDT:ticker',
    'symbol:BTC/USDT:candles:1m',
    'symbol:demo:BTC/USDT:trades',
  ]);
  return random.chance(0.5) ? random.mutate(name) : name;
}

function requestPayload(random: SeededRandom, { botId }: Targets): unknown {
  const method = random.chance(0.95) ? random.pick(METHODS) : random.pick(NAMES);
  const params = random.pick([
    undefined,
    {},
    { botId },
    { botId, limit: random.pick(NUMBERS), before: random.mutate('1700000000000_1') },
    { instrumentId: 'demo:BTC/USDT', interval: '1m', limit: random.below(50), depth: 5 },
    { orderId: `${botId}-${random.below(9)}` },
    { userId: 'owner', scopes: ['read', 'admin'], expiresInSeconds: 60 },
    { id: random.pick(NAMES) },
    { spec: random.pick(['demo', 'replay:/etc/passwd', '../..']) },
    junkValue(random),
  ]);
  return random.chance(0.9) ? { method, params } : { method, params, more: junkValue(random) };
}

/** An event with its payload: the right shape with wrong content, or no shape at all. */
export function eventOf(random: SeededRandom, targets: Targets): unknown[] {
  const event = random.chance(0.9)
    ? random.pick(EVENTS)
    : random.pick([...NAMES, 'error', 'ready']);
  if (random.chance(0.25)) return [event, ...junkArguments(random)];
  const { botId, token } = targets;
  const since = { epoch: random.mutate('a1b2c3'), offset: random.pick([...NUMBERS, 3]) };
  const channel = channelName(random, targets);
  switch (event) {
    case 'request':
      return [event, requestPayload(random, targets)];
    case 'subscribe':
      return [event, random.chance(0.3) ? { channel, since } : { channel }];
    case 'unsubscribe':
      return [event, { channel }];
    case 'authenticate':
      return [event, random.chance(0.7) ? tokenLike(random, token) : junkValue(random)];
    case 'bot:subscribe:one':
      return [event, random.pick([botId, random.mutate(botId), ...NAMES])];
    case 'bot:publish':
      return [event, { botId, id: `f${random.below(99)}`, kind: 'log', data: junkValue(random) }];
    case 'desk:join':
    case 'desk:send':
      return [event, { room: random.mutate('lobby'), text: junkValue(random) }];
    case 'visibility':
      return [event, { hidden: junkValue(random) }];
    case 'bot:subscribe':
      return [event];
    default:
      return [event, random.chance(0.5) ? [channel, 'BTC/USDT'] : random.pick(STRINGS)];
  }
}

const junkArguments = (random: SeededRandom): unknown[] =>
  Array.from({ length: random.below(4) }, () => junkValue(random));

/** A token that is almost one: its parts mutated, swapped or signed by nobody. */
export function tokenLike(random: SeededRandom, token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const none = encode({
    alg: random.pick(['none', 'None', 'HS512', 'RS256', 'HS256']),
    typ: 'JWT',
  });
  const claims = encode({
    sub: 'owner',
    scope: 'admin',
    jti: 'x',
    exp: 9e9,
    junk: random.below(9),
  });
  return random.pick([
    random.mutate(token),
    `${none}.${payload}.`,
    `${none}.${claims}.${signature}`,
    `${header}.${claims}.${signature}`,
    `${header}.${payload}.${random.mutate(signature)}`,
    `${header}..${signature}`,
    random.bytes(random.below(60)).toString('base64url'),
    'x'.repeat(random.below(5_000)),
    '.'.repeat(random.below(5_000)),
  ]);
}

/**
 * A Socket.IO packet as text that is none, the shapes of published attacks among them: attachments
 * that never come (CVE-2020-36049, CVE-2026-33151), an event whose name is an object
 * (CVE-2023-32695), placeholders that point anywhere (CVE-2022-2421), an `error` event
 * (CVE-2024-38355).
 */
export function malformedPacket(random: SeededRandom, targets: Targets): string {
  const valid = `2${random.below(1_000)}${JSON.stringify(eventOf(random, targets))}`;
  return random.pick([
    random.mutate(valid),
    `5${'1'.repeat(random.below(400))}-["x",{"_placeholder":true,"num":0}]`,
    `5${random.below(1e9)}-["subscribe"]`,
    '51-["subscribe",{"_placeholder":true,"num":"splice"}]',
    `51-["subscribe",{"_placeholder":true,"num":${random.pick(NUMBERS)}}]`,
    '2[{"toString":"rce","length":1}]',
    '2[["subscribe"]]',
    `2[${random.below(99)},{}]`,
    '2["error"]',
    `2["${random.pick(['connect', 'disconnect', 'disconnecting', 'newListener', 'error'])}",1]`,
    `2/${random.mutate('admin')},["subscribe"]`,
    `0/${random.mutate('admin')},{}`,
    `0{"token":${JSON.stringify(tokenLike(random, targets.token))},"protocol":1}`,
    `3${random.below(9)}[1]`,
    `${random.pick(['3', '4', '6', '7', '9', '', '-', 'x'])}${random.mutate('["a"]')}`,
    `2${'9'.repeat(random.below(400))}["subscribe"]`,
    `2${'['.repeat(random.below(3_000))}`,
    `2["subscribe",${'{"a":'.repeat(random.below(800))}1`,
    '1',
    random.bytes(random.below(64)).toString('latin1'),
  ]);
}

/** A whole Engine.IO frame by websocket: text or binary. */
export const malformedFrame = (random: SeededRandom, targets: Targets): string | Buffer =>
  random.pick<() => string | Buffer>([
    () => `4${malformedPacket(random, targets)}`,
    () => `4${malformedPacket(random, targets)}`,
    () => `4${malformedPacket(random, targets)}`,
    () => `${random.pick(['0', '1', '2', '2probe', '3', '3probe', '5', '6', '7', 'b', ''])}`,
    () => random.bytes(random.below(40)),
    () => 'x'.repeat(random.below(200)),
    () => `4${'x'.repeat(10_241 + random.below(200))}`,
  ])();
