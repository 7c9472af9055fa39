import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UNTRUSTED_TLS } from '#tests/fakes/untrusted-tls.ts';
import { askHub } from './hub-request.ts';
import { openToken } from './token-command.ts';

describe('a hub that speaks TLS', () => {
  let dataDir: string;
  let server: Server;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'tapedeck-hub-request-'));
    server = createServer(UNTRUSTED_TLS);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(dataDir, { recursive: true });
  });
  const place = () => {
    const { port } = server.address() as AddressInfo;
    return { host: 'localhost', port, dataDir, tls: true };
  };
  const untrusted = () =>
    `The certificate of https://localhost:${place().port} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). Where it is yours, name its file in NODE_EXTRA_CA_CERTS.`;

  it('by a certificate that is not trusted is not taken for none', async () => {
    const asked = await askHub(place(), 'tokens.list', {});
    expect(asked).toMatchObject({ ok: false, error: { message: untrusted() } });
  });

  it('by such a certificate opens nothing in a browser either, and says why', async () => {
    const told: string[] = [];
    const write = process.stderr.write;
    process.stderr.write = (text) => told.push(String(text)) > 0;
    const code = await openToken(place()).finally(() => {
      process.stderr.write = write;
    });
    expect([code, told.join('')]).toEqual([1, `${untrusted()}\n`]);
  });
});
