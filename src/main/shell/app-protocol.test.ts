import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ElectronDouble } from '#tests/fakes/electron-double.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';

let folder: string;
let electron: ElectronDouble;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-protocol-'));
  const page = join(folder, 'renderer');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html>');
  writeFileSync(join(page, 'assets/index-1a.js'), 'export {};');
  writeFileSync(join(page, 'assets/inter.woff2'), 'font');
  writeFileSync(join(page, 'notes.sqlite'), 'no type of ours');
  writeFileSync(join(folder, 'secret.json'), '{}');
  electron = new ElectronDouble();
  registerAppScheme(electron.protocol);
  electron.app.becomeReady();
  serveApp(electron.protocol, page);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the app:// protocol', () => {
  it('registers a standard and secure scheme without a way around the policy', () => {
    expect(electron.protocol.schemes).toHaveLength(1);
    const [scheme] = electron.protocol.schemes;
    expect(scheme?.scheme).toBe('app');
    expect(scheme?.privileges).toMatchObject({ standard: true, secure: true });
    expect(scheme?.privileges?.bypassCSP).toBeUndefined();
  });

  it.each([
    ['/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['/assets/index-1a.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['/assets/inter.woff2', 'font/woff2', 'font'],
  ])('serves %s with its type', async (path, type, body) => {
    const response = await electron.protocol.fetch(`app://tapedeck${path}?v=1`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(body);
  });

  it('puts the strict content security policy on every answer', async () => {
    for (const path of ['/', '/assets/index-1a.js', '/missing.html']) {
      const response = await electron.protocol.fetch(`app://tapedeck${path}`);
      const policy = response.headers.get('content-security-policy');
      expect(policy).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
          "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors 'none'",
      );
    }
  });

  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..%2f..%2fsecret.json',
    '/..%5csecret.json',
    '/%2fetc/hosts.json',
    '/index.html%00.json',
    '/%E0%A4%A.html',
    '/assets',
    '/notes.sqlite',
    '/missing.js',
  ])('answers 404 for %s', async (path) => {
    const response = await electron.protocol.fetch(`app://tapedeck${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('answers for its own host only, and only to reading', async () => {
    expect((await electron.protocol.fetch('app://other/')).status).toBe(404);
    expect((await electron.protocol.fetch('app://tapedeck/', { method: 'POST' })).status).toBe(405);
    const head = await electron.protocol.fetch('app://tapedeck/', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
