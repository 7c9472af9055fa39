import { type IncomingHttpHeaders, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';
import { createPerimeter, isLoopback } from './perimeter.ts';

describe('createPerimeter', () => {
  const perimeter = createPerimeter({ scheme: 'http', host: '127.0.0.1', port: 8377 });

  it.each(['127.0.0.1:8377', 'localhost:8377', 'LOCALHOST:8377', '[::1]:8377'])(
    '[H3] %s is the hub',
    (host) => expect(perimeter({ host })).toBeUndefined(),
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8377',
    '127.0.0.1',
    '127.0.0.1:80',
    '127.0.0.1:8377.evil.example',
    'user@127.0.0.1:8377',
  ])('[H3] host %s is not', (host) => expect(perimeter({ host })).toBe('foreign host'));

  it('[H3] lets in our own origins and programs, which have none', () => {
    const host = '127.0.0.1:8377';
    const verdict = (origin?: string) => perimeter({ host, origin });
    expect(verdict()).toBeUndefined();
    expect(verdict('http://127.0.0.1:8377')).toBeUndefined();
    expect(verdict('http://localhost:8377')).toBeUndefined();
    for (const origin of [
      '',
      'null',
      'https://evil.example',
      'http://127.0.0.1:8378',
      'https://127.0.0.1:8377',
      'http://127.0.0.1:8377.evil.example',
      'http://127.0.0.1:8377, http://evil.example',
    ]) {
      expect([origin, verdict(origin)]).toEqual([origin, 'foreign origin']);
    }
  });

  it('knows the configured host, and default ports', () => {
    const secure = createPerimeter({ scheme: 'https', host: 'Tape.example', port: 443 });
    expect(secure({ host: 'tape.example', origin: 'https://tape.example' })).toBeUndefined();
    expect(secure({ host: 'tape.example', origin: 'http://tape.example' })).toBe('foreign origin');
  });

  it('a wildcard address stands for the machine’s addresses, not for every name', () => {
    const open = createPerimeter({ scheme: 'http', host: '0.0.0.0', port: 8377 });
    expect(open({ host: '127.0.0.1:8377' })).toBeUndefined();
    expect(open({ host: '0.0.0.0:8377' })).toBe('foreign host');
    expect(open({ host: 'evil.example:8377' })).toBe('foreign host');
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
    ['polling', '/socket.io/?EIO=4&transport=polling', {}, 200],
    ['an upgrade', '/socket.io/?EIO=4&transport=websocket', UPGRADE, 101],
  ])(
    '[H3] %s is open to its own, shut to a foreign Host or Origin',
    async (_, path, extra, open) => {
      expect(await statusOf(path, { ...extra, ...own() })).toBe(open);
      const ownOrigin = `http://localhost:${test.port}`;
      expect(await statusOf(path, { ...extra, ...own(), origin: ownOrigin })).toBe(open);
      for (const headers of [
        { host: `evil.example:${test.port}` },
        { ...own(), origin: 'https://evil.example' },
        { ...own(), origin: 'null' },
        { ...own(), origin: `http://127.0.0.1:${test.port + 1}` },
      ]) {
        expect(await statusOf(path, { ...extra, ...headers })).not.toBe(open);
      }
      expect([403, 400]).toContain(
        await statusOf(path, { ...extra, ...own(), origin: 'https://evil.example' }),
      );
    },
  );
});
