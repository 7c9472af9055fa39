import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readExchangeConfigs } from './exchange-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = join(folder, 'exchanges.json');
  await writeFile(file, text);
  return readExchangeConfigs(file);
}

it('[F1] reads addresses, options and proxies by exchange', async () => {
  const configs = {
    binance: { urls: { api: { public: 'http://127.0.0.1:1/api/v3' } }, options: { a: 1 } },
    kraken: { httpsProxy: 'http://proxy:3128', wssProxy: 'http://proxy:3128' },
  };
  expect(await read(JSON.stringify(configs))).toEqual({ ok: true, value: configs });
});

it.each([
  ['{', 'is not valid JSON'],
  ['{"binance":{"url":{}}}', 'is wrong at "binance"'],
  ['{"binance":{"httpsProxy":"no"}}', 'is wrong at "binance.httpsProxy"'],
])('refuses %s and says where', async (text, message) => {
  expect(await read(text)).toMatchObject({
    ok: false,
    error: { code: 'bad_request', message: expect.stringContaining(message) },
  });
});

it('says when there is no such file', async () => {
  expect(await readExchangeConfigs(join(folder, 'none.json'))).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('cannot be read') },
  });
});
