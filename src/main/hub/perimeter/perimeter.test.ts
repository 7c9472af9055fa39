import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';
import { createPerimeter, isLoopback } from './perimeter.ts';

/** As a request with these headers would be seen. */
const asked = (headers: Record<string, string | undefined>, url = '/') => ({
  url,
  headers,
  rawHeaders: Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  ),
});

describe('createPerimeter', () => {
  const perimeter = createPerimeter({ scheme: 'http', host: '127.0.0.1', port: 8377 });

  it.each(['127.0.0.1:8377', 'localhost:8377', 'LOCALHOST:8377', '[::1]:8377'])(
    '[H3] %s is the hub',
    (host) => expect(perimeter(asked({ host }))).toBeUndefined(),
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8377',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1:08377',
    '127.0.0.1:8377.evil.example',
    'user@127.0.0.1:8377',
    'localhost.:8377',
    'localhost.evil.example:8377',
    '127.0.0.1.nip.io:8377',
    '2130706433:8377',
    '127.1:8377',
    '0:8377',
    '::1:8377',
    '[::1]',
    '[0:0:0:0:0:0:0:1]:8377',
    '[::ffff:127.0.0.1]:8377',
    '127.0.0.1:8377, evil.example',
    ' 127.0.0.1:8377',
  ])('[H3] host %s is not', (host) => expect(perimeter(asked({ host }))).toBe('foreign_host'));

  it('[H3] lets in our own origins and programs, which have none', () => {
    const host = '127.0.0.1:8377';
    const verdict = (origin?: string) => perimeter(asked({ host, origin }));
    expect(verdict()).toBeUndefined();
    expect(verdict('http://127.0.0.1:8377')).toBeUndefined();
    expect(verdict('http://localhost:8377')).toBeUndefined();
    expect(verdict('http://[::1]:8377')).toBeUndefined();
    for (const origin of [
      '',
      'null',
      'https://evil.example',
      'http://127.0.0.1:8378',
      'http://127.0.0.1',
      'https://127.0.0.1:8377',
      'http://127.0.0.1:8377/',
      'http://localhost.:8377',
      'http://127.0.0.1:8377.evil.example',
      'http://127.0.0.1:8377, http://evil.example',
      'file://',
    ]) {
      expect([origin, verdict(origin)]).toEqual([origin, 'foreign_origin']);
    }
  });

  it('[H3] refuses what could mean another host further in', () => {
    const host = '127.0.0.1:8377';
    expect(perimeter(asked({ host }, 'http://evil.example/health'))).toBe('bad_request');
    expect(perimeter(asked({ host }, '*'))).toBe('bad_request');
    for (const name of ['Host', 'Origin']) {
      const twice = asked({ host, origin: 'http://127.0.0.1:8377' });
      const rawHeaders = [...twice.rawHeaders, name, 'evil.example'];
      expect(perimeter({ ...twice, rawHeaders })).toBe('bad_request');
    }
  });

  it('knows the configured host, and default ports', () => {
    const secure = createPerimeter({ scheme: 'https', host: 'Tape.example', port: 443 });
    const verdict = (origin: string) => secure(asked({ host: 'tape.example', origin }));
    expect(verdict('https://tape.example')).toBeUndefined();
    expect(verdict('http://tape.example')).toBe('foreign_origin');
  });

  it('[H3] lets in who comes through a proxy by one of the names that it was told', () => {
    const publicUrls = [new URL('https://Tape.example'), new URL('https://box.tail.net:8443')];
    const behind = createPerimeter({ scheme: 'http', host: '127.0.0.1', port: 8377, publicUrls });
    const verdict = (host: string, origin?: string) => behind(asked({ host, origin }));
    for (const [host, origin] of [
      ['tape.example', 'https://tape.example'],
      ['tape.example:443', 'https://tape.example'],
      ['box.tail.net:8443', 'https://box.tail.net:8443'],
      // A proxy that tells the hub's own name.
      ['127.0.0.1:8377', 'https://tape.example'],
      ['127.0.0.1:8377', 'http://127.0.0.1:8377'],
      ['tape.example', undefined],
    ] as const) {
      expect([host, origin, verdict(host, origin)]).toEqual([host, origin, undefined]);
    }
    expect(verdict('tape.example:8443')).toBe('foreign_host');
    expect(verdict('box.tail.net')).toBe('foreign_host');
    expect(verdict('sub.tape.example')).toBe('foreign_host');
    expect(verdict('tape.example', 'http://tape.example')).toBe('foreign_origin');
    expect(verdict('tape.example', 'https://tape.example:8377')).toBe('foreign_origin');
    expect(verdict('tape.example', 'https://evil.example')).toBe('foreign_origin');
  });

  it('a wildcard address stands for the machine’s addresses, not for every name', () => {
    const open = createPerimeter({ scheme: 'http', host: '0.0.0.0', port: 8377 });
    expect(open(asked({ host: '127.0.0.1:8377' }))).toBeUndefined();
    expect(open(asked({ host: '0.0.0.0:8377' }))).toBe('foreign_host');
    expect(open(asked({ host: 'evil.example:8377' }))).toBe('foreign_host');
  });

  it('tells loopback addresses', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].map(isLoopback)).toEqual(
      Array(4).fill(true),
    );
    expect(['0.0.0.0', '::', '10.0.0.1', '127.evil.example'].map(isLoopback)).toEqual(
      Array(4).fill(false),
    );
  });
});

describe('every door of a real hub', () => {
  let test: TestHub;
  beforeAll(async () => {
    test = await startTestHub();
  });
  afterAll(() => test.close());

  const own = () => ({ host: `127.0.0.1:${test.port}` });
  /** A raw request: the status, be it of a response or of an upgrade. */
  const statusOf = (path: string, headers: IncomingHttpHeaders) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: test.port, path, headers, agent: false });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end();
    });
  const UPGRADE = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };

  it.each([
    ['plain HTTP', '/health', {}, 200],
    ['REST', '/api/v1/bots', {}, 401],
    ['an unknown path', '/nowhere', {}, 404],
    ['polling', '/socket.io/?EIO=4&transport=polling', {}, 200],
    ['an upgrade', '/socket.io/?EIO=4&transport=websocket', UPGRADE, 101],
    ['an upgrade of something else', '/other', UPGRADE, 404],
  ])(
    '[H3] %s is open to its own, shut to a foreign Host or Origin',
    async (_, path, extra, open) => {
      expect(await statusOf(path, { ...extra, ...own() })).toBe(open);
      const ownOrigin = `http://localhost:${test.port}`;
      expect(await statusOf(path, { ...extra, ...own(), origin: ownOrigin })).toBe(open);
      for (const headers of [
        { host: `evil.example:${test.port}` },
        { host: `localhost.:${test.port}` },
        { host: '127.0.0.1' },
        { ...own(), origin: 'https://evil.example' },
        { ...own(), origin: 'null' },
        { ...own(), origin: `http://127.0.0.1:${test.port + 1}` },
      ]) {
        expect(await statusOf(path, { ...extra, ...headers })).toBe(403);
      }
    },
  );

  it('[H3] a poll or upgrade of a session under way is checked like its first', async () => {
    const polling = '/socket.io/?EIO=4&transport=polling';
    const opened = await fetch(`${test.hub.url}${polling}`);
    const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
    const foreign = { ...own(), origin: 'https://evil.example' };
    expect(await statusOf(`${polling}&sid=${sid}`, foreign)).toBe(403);
    const upgrade = `/socket.io/?EIO=4&transport=websocket&sid=${sid}`;
    expect(await statusOf(upgrade, { ...UPGRADE, ...foreign })).toBe(403);
    expect(await statusOf(upgrade, { ...UPGRADE, ...own() })).toBe(101);
  });

  /** The first line of what the hub answers to these bytes. */
  const answerTo = (...lines: string[]) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(test.port, '127.0.0.1', () => {
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      });
      let answer = '';
      socket.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
        socket.end();
      });
      socket.on('close', () => resolve(answer.split('\r\n')[0] ?? ''));
      socket.on('error', reject);
    });

  it.each([
    ['an absolute target', (host: string) => ['GET http://evil.example/health HTTP/1.1', host]],
    ['a target that is none', (host: string) => ['OPTIONS * HTTP/1.1', host]],
    ['two hosts', (host: string) => ['GET /health HTTP/1.1', host, 'Host: evil.example']],
    ['a tunnel', (host: string) => ['CONNECT evil.example:80 HTTP/1.1', host]],
    ['a target with a backslash', (host: string) => ['GET /a\\b HTTP/1.1', host]],
    [
      'a websocket without its key',
      (host: string) => [
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        host,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
      ],
    ],
    [
      'an expectation that nobody meets',
      (host: string) => ['GET /health HTTP/1.1', host, 'Expect: the-unexpected'],
    ],
    ['what is not HTTP', () => ['\x16\x03\x01 hello']],
    ['a header with a space', (host: string) => ['GET /health HTTP/1.1', host, 'Bad Name: x']],
  ])('[H3][H6] %s is refused, and counted', async (_, request) => {
    const before = test.hub.stats().errors;
    expect(await answerTo(...request(`Host: 127.0.0.1:${test.port}`))).toMatch(/^HTTP\/1.1 400 /);
    expect(test.hub.stats().errors).toBe(before + 1);
  });

  it('[H3] an expectation is heard of nobody foreign', async () => {
    const expects = ['GET /health HTTP/1.1', 'Host: evil.example', 'Expect: the-unexpected'];
    expect(await answerTo(...expects)).toMatch(/^HTTP\/1.1 403 /);
  });

  it.each(['1.0', '1.1'])(
    '[H3][H6] HTTP %s without a Host is refused, and counted',
    async (version) => {
      const before = test.hub.stats().errors;
      expect(await answerTo(`GET /health HTTP/${version}`)).toMatch(/^HTTP\/1.1 403 /);
      expect(test.hub.stats().errors).toBe(before + 1);
    },
  );
});
