import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import { OWNER, startTestHub, type TestHub } from '#tests/fakes/test-hub.ts';

let directory: string;
let test: TestHub;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tapedeck-hub-'));
  await mkdir(join(directory, 'ui', 'assets'), { recursive: true });
  await writeFile(join(directory, 'ui', 'index.html'), '<!doctype html><title>Tapedeck</title>');
  await writeFile(join(directory, 'ui', 'assets', 'main-1a2b.js'), 'export {};');
  await writeFile(join(directory, 'secret.txt'), 'secret');
  test = await startTestHub({ staticRoot: join(directory, 'ui') });
});
afterEach(async () => {
  await test.close();
  await rm(directory, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${test.hub.url}${path}`, init);
const login = (body: unknown) =>
  get('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const freshCode = () => new URL(test.hub.openUrl()).searchParams.get('code');
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('/health', () => {
  it('needs no login and tells nothing private', async () => {
    const response = await get('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ok',
      database: 'ok',
      feeds: { connecting: 0, live: 1, stale: 0, disconnected: 0, failed: 0, ended: 0, closed: 0 },
      eventLoop: { state: 'ok', delayP99: 1 },
    });
  });

  it('is 503 while something is wrong', async () => {
    test.surroundings.status = 'degraded';
    const response = await get('/health');
    expect([response.status, await response.json()]).toMatchObject([
      503,
      { status: 'degraded', database: 'ok' },
    ]);
  });
});

describe('behind a proxy with a name of its own', () => {
  const ORIGIN = 'https://tape.example';
  const loginFrom = (origin: string) =>
    get('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ code: freshCode() }),
    });

  it('is told to be opened there, and keeps its cookie to pages that came encrypted', async () => {
    test = await startTestHub({ publicUrls: [ORIGIN, 'http://localhost:9000'] });
    expect(test.hub.openUrl()).toMatch(/^https:\/\/tape\.example\/\?code=/);
    expect((await loginFrom(ORIGIN)).headers.get('set-cookie')).toContain('; Secure');
    for (const origin of [test.hub.url, 'http://localhost:9000']) {
      const cookie = (await loginFrom(origin)).headers.get('set-cookie');
      expect(cookie).toContain('tapedeck_session');
      expect(cookie).not.toContain('Secure');
    }
    expect((await loginFrom('https://evil.example')).status).toBe(403);
  });

  it.each(['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'])(
    'who comes with %s is not on this machine: no metrics without a token',
    async (name) => {
      const text = async () => ({ contentType: 'text/plain', body: 'up 1' });
      test = await startTestHub({ metrics: { text, needsToken: () => false } });
      expect((await get('/metrics')).status).toBe(200);
      expect((await get('/metrics', { headers: { [name]: '203.0.113.9' } })).status).toBe(401);
    },
  );
});

describe('/metrics', () => {
  const text = async () => ({ contentType: 'text/plain; version=0.0.4', body: 'up 1\n' });
  const withMetrics = async (needsToken: boolean) => {
    await test.close();
    test = await startTestHub({ metrics: { text, needsToken: () => needsToken } });
  };

  it('is open to this machine', async () => {
    await withMetrics(false);
    const response = await get('/metrics');
    expect([response.status, await response.text()]).toEqual([200, 'up 1\n']);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  });

  it('needs the owner’s token where the owner wants it so', async () => {
    await withMetrics(true);
    expect((await get('/metrics')).status).toBe(401);
    const ask = (token: string) =>
      get('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect((await ask('wrong')).status).toBe(401);
    expect((await ask(OWNER.token)).status).toBe(200);
  });

  it('needs the owner’s token from beyond this machine', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    await test.close();
    const metrics = { text, needsToken: () => false };
    test = await startTestHub({ metrics, host: outside ?? '127.0.0.1', insecureLan: true });
    expect((await get('/metrics')).status).toBe(outside ? 401 : 200);
  });

  it('is not there where there is nothing to show', async () => {
    expect((await get('/metrics')).status).toBe(404);
  });
});

describe('a code for one more browser', () => {
  const ask = (authorization: string) =>
    get('/session/codes', { method: 'POST', headers: { authorization } });

  it('is given to who has the owner’s token, and logs in once', async () => {
    const response = await ask(`Bearer ${OWNER.token}`);
    expect(response.status).toBe(201);
    const { openUrl } = (await response.json()) as { openUrl: string };
    const code = new URL(openUrl).searchParams.get('code');
    expect((await login({ code })).status).toBe(204);
    expect((await login({ code })).status).toBe(401);
  });

  it.each(['', 'Bearer ', 'Bearer wrong', `Basic ${OWNER.token}`, OWNER.token])(
    'is refused to "%s"',
    async (authorization) => {
      expect((await ask(authorization)).status).toBe(401);
    },
  );
});

describe('login by a one-time code', () => {
  it('gives a cookie that a socket is let in by, on both transports', async () => {
    const response = await login({ code: freshCode() });
    expect(response.status).toBe(204);
    const header = response.headers.get('set-cookie');
    expect(header).toMatch(new RegExp(`^tapedeck_session_${test.port}=`));
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000']) {
      expect(header).toContain(attribute);
    }
    for (const transport of ['websocket', 'polling']) {
      const extraHeaders = { cookie: cookieOf(response) };
      const auth = { session: true, protocol: PROTOCOL_VERSION };
      const client = test.client({ transports: [transport], auth, extraHeaders });
      expect(await client.connect()).toBeUndefined();
    }
  });

  it('works once', async () => {
    const code = freshCode();
    expect((await login({ code })).status).toBe(204);
    const again = await login({ code });
    expect(again.status).toBe(401);
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await again.json()).toMatchObject({ error: { code: 'unauthorized' } });
  });

  it('a cookie that was tampered with is worth nothing', async () => {
    const cookie = cookieOf(await login({ code: freshCode() }));
    const [name, value = ''] = cookie.split('=');
    const forged = `${name}=${value.replace(/^\d/, '9')}`;
    for (const header of [forged, `${name}=x`, `${name}=`, 'other=1']) {
      const auth = { session: true, protocol: PROTOCOL_VERSION };
      const client = test.client({ auth, extraHeaders: { cookie: header } });
      expect((await client.connect())?.message).toBe('unauthorized');
    }
  });

  it('survives a restart of the hub on the same port', async () => {
    const cookie = cookieOf(await login({ code: freshCode() }));
    const { port } = test;
    await test.close();
    test = await startTestHub({ port });
    const auth = { session: true, protocol: PROTOCOL_VERSION };
    const client = test.client({ auth, extraHeaders: { cookie } });
    expect(await client.connect()).toBeUndefined();
  });

  it.each([
    ['no code', {}, 400],
    ['a code that is no text', { code: 7 }, 400],
    ['an unknown code', { code: 'guess' }, 401],
    ['a huge body', { code: 'x'.repeat(5_000) }, 413],
  ])('[H6] %s is refused', async (_, body, status) => {
    expect((await login(body)).status).toBe(status);
  });

  it('[H6] a body that is no JSON is refused', async () => {
    expect((await get('/session', { method: 'POST', body: '{"code":' })).status).toBe(400);
  });
});

describe('the user interface', () => {
  it('is served with a strict policy', async () => {
    const response = await get('/?code=abc');
    expect(await response.text()).toContain('Tapedeck');
    const header = (name: string) => response.headers.get(name);
    expect(header('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('referrer-policy')).toBe('no-referrer');
    expect(header('cache-control')).toBe('no-cache');
    expect(header('content-type')).toContain('text/html');
  });

  it('caches files whose names carry their hash', async () => {
    const response = await get('/assets/main-1a2b.js');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-type')).toContain('javascript');
    expect((await get('/assets/gone.js')).headers.get('cache-control')).toBe('no-cache');
  });

  it('nothing outside its folder can be reached', async () => {
    const bodyOf = (path: string) =>
      new Promise<string>((resolve, reject) => {
        // Not fetch, which would tidy the path up before sending it.
        request({ host: '127.0.0.1', port: test.port, path }, (response) => {
          response.setEncoding('utf8');
          let body = '';
          response.on('data', (chunk: string) => {
            body += chunk;
          });
          response.on('end', () => resolve(body));
        })
          .on('error', reject)
          .end();
      });
    for (const path of [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..\\secret.txt',
      '/%252e%252e/secret.txt',
      '//../secret.txt',
      `/${directory}/secret.txt`,
      '/%00',
      '/%',
    ]) {
      expect([path, await bodyOf(path)]).not.toEqual([path, expect.stringContaining('secret\n')]);
      expect(await bodyOf(path)).not.toBe('secret');
    }
  });

  it('what is not there is a typed 404', async () => {
    const response = await get('/nothing');
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { code: 'not_found' } },
    ]);
  });
});
