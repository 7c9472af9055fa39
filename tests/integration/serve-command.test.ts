import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { runCli, startServe, temporaryDirectory } from '../support/serve-process.ts';

let directory: ReturnType<typeof temporaryDirectory>;
const running: { stop(signal?: NodeJS.Signals): Promise<unknown> }[] = [];

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop('SIGKILL')));
  directory.remove();
});

async function serve(...args: string[]) {
  const process = await startServe(['--port', '0', '--data-dir', directory.path, ...args]);
  running.push(process);
  return process;
}

/** Fails to start: one sentence on stderr, nothing on stdout, exit code 1, no stack. */
async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['serve', '--no-open', ...args]).ended;
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trim().split('\n')).toEqual([expect.any(String)]);
  expect(stderr).not.toMatch(/^\s+at /m);
  return stderr.trim();
}

describe('serve', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'answers with one line of JSON, is healthy, and ends with 0 within 3 s of %s',
    async (signal) => {
      const serving = await serve();
      const health = await fetch(`${serving.url}/health`);
      expect([health.status, await health.json()]).toMatchObject([
        200,
        { status: 'ok', database: 'ok' },
      ]);
      expect(serving.openUrl).toMatch(new RegExp(`^${serving.url}/\\?code=[\\w-]{20,}$`));
      expect(statSync(serving.tokenFile).mode & 0o777).toBe(0o600);
      const hub = await HubConnection.connect(serving.url, serving.token);
      const asked = performance.now();
      const ended = await serving.stop(signal);
      expect(performance.now() - asked).toBeLessThan(3_000);
      expect(ended.code).toBe(0);
      expect(ended.stdout.trim().split('\n')).toHaveLength(1);
      hub.close();
    },
  );

  it('keeps a log in the data directory, without a secret in it, to the very end', async () => {
    const serving = await serve();
    const code = new URL(serving.openUrl).searchParams.get('code') ?? '';
    await HubConnection.connect(serving.url, 'wrong').catch(() => undefined);
    const headers = { authorization: `Bearer ${serving.token}` };
    await fetch(`${serving.url}/api/v1/bots`, { headers });
    await serving.stop();
    const file = join(directory.path, 'logs', 'tapedeck.1.log');
    const text = readFileSync(file, 'utf8');
    const entries = text
      .trim()
      .split('\n')
      .map((line): { msg: string; level: string } => JSON.parse(line));
    expect(entries.at(0)).toMatchObject({ level: 'info', msg: 'Tapedeck starts', mode: 'serve' });
    expect(entries.at(-1)).toMatchObject({ level: 'info', msg: 'Tapedeck stops' });
    expect(text).not.toContain(serving.token);
    expect(text).not.toContain(code);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('needs nothing: the demo exchange and one running bot are there at the first start', async () => {
    const serving = await serve();
    const hub = await HubConnection.connect(serving.url, serving.token);
    const { instruments } = await hub.request('watchlist.get', {});
    expect(instruments.map(({ id }) => id)).toEqual(['demo:BTC/USDT', 'demo:ETH/USDT']);
    const { bots } = await hub.request('bots.list', {});
    expect(bots.map(({ status }) => status.state)).toEqual(['running']);
    const request = { instrumentId: 'demo:BTC/USDT' as InstrumentId, interval: '1m' as const };
    const { candles } = await hub.request('candles.get', request);
    expect(candles).toHaveLength(500);
    const open = candles.at(-1);
    expect(open && Date.now() - open.openTime).toBeLessThan(120_000);
    hub.close();
  });

  it('[H3] is opened by the name of the proxy before it, and by its own', async () => {
    const serving = await serve('--public-url', 'https://tape.example');
    expect(serving.openUrl).toMatch(/^https:\/\/tape\.example\/\?code=/);
    const code = new URL(serving.openUrl).searchParams.get('code');
    const login = (origin: string) =>
      fetch(`${serving.url}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ code }),
      });
    expect((await login('https://other.example')).status).toBe(403);
    expect((await login('https://tape.example')).status).toBe(204);
  });

  it('[H1] refuses a wrong token with a typed error', async () => {
    const serving = await serve();
    await expect(HubConnection.connect(serving.url, 'wrong')).rejects.toMatchObject({
      message: 'unauthorized',
      data: { code: 'unauthorized' },
    });
  });

  it('is refused a missing recording', async () => {
    const feed = `replay:${join(directory.path, 'nowhere.gz')}`;
    expect(await refusal('--port', '0', '--data-dir', directory.path, '--feed', feed)).toContain(
      'nowhere.gz',
    );
  });

  it('is refused a feed that it does not know', async () => {
    const said = await refusal('--port', '0', '--data-dir', directory.path, '--feed', 'tarot');
    expect(said).toContain('"tarot" is not a feed');
  });

  it('is refused a port that is taken', async () => {
    const { port } = new URL((await serve()).url);
    const other = temporaryDirectory();
    expect(await refusal('--port', port, '--data-dir', other.path)).toContain(
      `Port ${port} on 127.0.0.1 is already in use`,
    );
    other.remove();
  });

  it('is refused a data directory that another process holds, and is told which', async () => {
    const { pid } = await serve();
    expect(await refusal('--port', '0', '--data-dir', directory.path)).toContain(String(pid));
  });

  it('is refused a data directory that cannot be written', async () => {
    const file = join(directory.path, 'file');
    writeFileSync(file, '');
    expect(await refusal('--port', '0', '--data-dir', join(file, 'below'))).toContain(file);
    expect(await refusal('--port', '0', '--data-dir', '/sys/tapedeck')).toContain('/sys/tapedeck');
  });

  it.each(['ledger.db', 'tape.db'])(
    'is refused a damaged %s, and leaves it as it is',
    async (name) => {
      const path = join(directory.path, name);
      const damaged = Buffer.alloc(8_192, 'not a database ');
      writeFileSync(path, damaged);
      expect(await refusal('--port', '0', '--data-dir', directory.path)).toContain(path);
      expect(readFileSync(path).equals(damaged)).toBe(true);
    },
  );

  it('[H3] is refused an address beyond this machine without TLS', async () => {
    const said = await refusal('--host', '0.0.0.0', '--port', '0', '--data-dir', directory.path);
    expect(said).toContain('--insecure-lan');
  });

  it('is refused a certificate without its key, rather than serving without TLS', async () => {
    const place = ['--port', '0', '--data-dir', directory.path];
    expect(await refusal(...place, '--tls-cert', 'cert.pem')).toContain('--tls-key');
  });

  it('is refused a public address with a path', async () => {
    const place = ['--port', '0', '--data-dir', directory.path];
    const said = await refusal(...place, '--public-url', 'https://tape.example/deck');
    expect(said).toContain('https://tape.example/deck');
  });

  it('is refused a port that is none', async () => {
    const { code, stderr } = await runCli(['serve', '--port', 'many']).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('A port is a whole number');
  });
});

describe('a recording with broken lines', () => {
  const line = (id: number, price: string) =>
    `${1_723_161_254_000_000_000n + BigInt(id) * 1_000_000n} ` +
    `{"stream":"btcusdt@trade","data":{"e":"trade","E":${1_723_161_254_000 + id},"s":"BTCUSDT",` +
    `"t":${id},"p":"${price}","q":"0.01000000","T":${1_723_161_254_000 + id},"m":true,"M":true}}`;

  it('[F5] skips them, counts them, and reports each with its number', async () => {
    const file = join(directory.path, 'broken.gz');
    const lines = [
      line(1, '60000.10'),
      '1723161254000000000 {"stream":"btcusdt@trade","data":{"e":"tra',
      line(2, '60000.20'),
      line(3, 'NaN'),
      line(4, '60000.30'),
    ];
    writeFileSync(file, gzipSync(`${lines.join('\n')}\n`));
    const serving = await serve('--feed', `replay:${file}@max`);
    const hub = await HubConnection.connect(serving.url, serving.token);
    const feed = await eventually(
      async () => (await hub.request('feeds.list', {})).feeds[0],
      (status) => status?.state.kind === 'ended',
    );
    expect(feed?.rejected).toBe(2);
    expect(feed?.rejectedSamples.map(({ line }) => line)).toEqual([2, 4]);
    const instrumentId = 'replay:BTC/USDT' as InstrumentId;
    const { trades } = await hub.request('trades.get', { instrumentId });
    expect(trades.map(({ id }) => id)).toEqual(['1', '2', '4']);
    hub.close();
  });
});

describe('after kill -9', () => {
  it('[X2] bots run again and no acknowledged fill, order or notification is lost', async () => {
    const feeds = ['--feed', 'demo'];
    const first = await serve(...feeds);
    const hub = await HubConnection.connect(first.url, first.token);
    const { config } = await hub.request('bots.create', {
      name: 'Tight grid',
      strategy: 'grid',
      instrumentId: 'demo:BTC/USDT' as InstrumentId,
      params: { levels: 20, spacingBps: 0.5, quantity: '0.01' },
      initialCash: '5000' as DecimalString,
      makerFeeBps: 1,
      takerFeeBps: 5,
    });
    const fillsOf = async (connection: HubConnection) =>
      (await connection.request('fills.list', { botId: config.id, limit: 1_000 })).items;
    await eventually(
      () => fillsOf(hub),
      (fills) => fills.length >= 3,
      50_000,
    );
    const acknowledged = await fillsOf(hub);
    await first.stop('SIGKILL');
    hub.close();

    const second = await serve(...feeds);
    const again = await HubConnection.connect(second.url, second.token);
    const kept = await fillsOf(again);
    expect(kept.map(({ id }) => id)).toEqual(
      expect.arrayContaining(acknowledged.map(({ id }) => id)),
    );
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
    const bot = await again.request('bots.get', { botId: config.id });
    expect(bot.status.state).toBe('running');
    const { items } = await again.request('notifications.list', { limit: 1_000 });
    const told = new Set(items.map(({ source }) => source.fillId));
    expect(acknowledged.every(({ id }) => told.has(id))).toBe(true);
    again.close();
  });
});

describe('token open', () => {
  it('lets one more browser in', async () => {
    const { url } = await serve();
    const place = ['--port', new URL(url).port, '--data-dir', directory.path];
    const { code, stdout } = await runCli(['token', 'open', ...place]).ended;
    expect([code, stdout.startsWith(`${url}/?code=`)]).toEqual([0, true]);
  });

  it('says in one sentence that nothing runs', async () => {
    const place = ['--port', '9', '--data-dir', directory.path];
    const { code, stdout, stderr } = await runCli(['token', 'open', ...place]).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).toBe('Nothing answers at http://127.0.0.1:9. Is Tapedeck running?');
  });
});

describe('token issue, list and revoke', () => {
  it('[H1] give a token that is good until it is revoked, also while it is in use', async () => {
    const serving = await serve();
    const place = ['--port', new URL(serving.url).port, '--data-dir', directory.path];
    const what = ['--user', 'alice', '--scope', 'read,trade', '--bots', 'a,b', '--expires', '7d'];
    const issued = await runCli(['token', 'issue', ...what, ...place]).ended;
    expect(issued.code).toBe(0);
    const token = issued.stdout.trim();
    expect(token.split('.')).toHaveLength(3);
    const id =
      /^Token (\w+) of alice: read,trade bots a,b, expires /.exec(issued.stderr)?.[1] ?? '';

    const alice = await HubConnection.connect(serving.url, token);
    expect(await alice.request('system.info', {})).toMatchObject({ userId: 'alice' });
    expect((await alice.request('bots.list', {})).bots).toEqual([]);
    await expect(alice.request('tokens.list', {})).rejects.toThrow('access_denied');
    const end = new Promise((resolve) => alice.socket.once('closing', resolve));

    const revoked = await runCli(['token', 'revoke', id, ...place]).ended;
    expect([revoked.code, revoked.stdout]).toEqual([0, expect.stringContaining(', revoked ')]);
    expect(await end).toEqual({ reason: 'unauthorized', reconnect: true });
    await expect(HubConnection.connect(serving.url, token)).rejects.toThrow('unauthorized');

    const listed = await runCli(['token', 'list', ...place]).ended;
    expect(listed.stdout).toMatch(new RegExp(`^${id} of alice: .* last used `));
    expect(listed.stdout).not.toContain(token);
    const files = ['ledger.db', 'ledger.db-wal'].map((name) => join(directory.path, name));
    const onDisk = (text: string) => files.some((file) => readFileSync(file).includes(text));
    expect(onDisk(id)).toBe(true);
    expect(onDisk(token.split('.')[2] ?? '')).toBe(false);
  });

  it('say in one sentence what is wrong', async () => {
    const place = ['--port', '9', '--data-dir', directory.path];
    const nowhere = await runCli(['token', 'list', ...place]).ended;
    expect([nowhere.code, nowhere.stdout]).toEqual([1, '']);
    expect(nowhere.stderr.trim()).toBe(
      'Nothing answers at http://127.0.0.1:9. Is Tapedeck running?',
    );
    const serving = await serve();
    const there = ['--port', new URL(serving.url).port, '--data-dir', directory.path];
    const unknown = await runCli(['token', 'revoke', 'nope', ...there]).ended;
    expect([unknown.code, unknown.stderr.trim()]).toEqual([1, 'There is no token nope']);
    const scope = ['--user', 'alice', '--scope', 'everything'];
    const refused = await runCli(['token', 'issue', ...scope, ...there]).ended;
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain('Scopes are read, trade, publish, admin.');
  });
});

describe('risk limits', () => {
  it('[X3] are shown with their use, changed one by one, and cleared', async () => {
    const serving = await serve('--feed', 'demo');
    const place = ['--port', new URL(serving.url).port, '--data-dir', directory.path];
    const limits = (...args: string[]) => runCli(['risk', 'limits', ...args, ...place]).ended;
    const set = await limits('USDT', '--max-position', '2000000.5', '--at-daily-loss', 'flatten');
    expect([set.code, set.stderr]).toEqual([0, '']);
    expect(set.stdout).toMatch(/^USDT: position [\d.]+ \(2000000\.5\)$/m);
    const { stdout } = await limits('USDT', '--max-open-orders', '0', '--json');
    expect(JSON.parse(stdout)[0].limits).toEqual({
      ...{ maxPositionValue: '2000000.5', maxOrderValue: null, maxDailyLoss: null },
      ...{ atDailyLoss: 'flatten', maxOpenOrders: 0, maxOrdersPerMinute: null },
    });
    const without = await limits('USDT', '--max-position', 'none', '--json');
    expect(JSON.parse(without.stdout)[0].limits).toMatchObject({
      ...{ maxPositionValue: null, maxOpenOrders: 0 },
    });
    const cleared = await limits('USDT', '--clear', '--json');
    expect(JSON.parse(cleared.stdout)[0].limits).toBeNull();
    const nowhere = await limits('--max-order', '5');
    expect([nowhere.code, nowhere.stderr.trim()]).toEqual([
      1,
      'Say of which currency: tapedeck risk limits USDT …',
    ]);
    const wrong = await limits('USDT', '--max-order', '-5');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('A value is like')]);
  });
});

describe('what a command says', () => {
  it('may find nobody who reads it to the end: it is done all the same', async () => {
    const serving = await serve('--feed', 'demo');
    const place = ['--port', new URL(serving.url).port, '--data-dir', directory.path];
    const deaf = runCli(['risk', 'limits', 'USDT', '--max-open-orders', '3', ...place]);
    deaf.process.stdout?.destroy();
    const { code, stderr } = await deaf.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { stdout } = await runCli(['risk', 'limits', '--json', ...place]).ended;
    expect(JSON.parse(stdout)[0].limits).toMatchObject({ maxOpenOrders: 3 });
  });
});

describe('doctor', () => {
  it('reports on everything, and exits with 0 where all is well', async () => {
    const args = ['--port', '0', '--data-dir', directory.path, '--feed', 'demo'];
    const { code, stdout, stderr } = await runCli(['doctor', ...args]).ended;
    expect(stderr).toBe('');
    const subjects = stdout
      .trim()
      .split('\n')
      .map((text) => text.trim().split(/\s+/)[1]);
    expect(subjects).toEqual(['runtime', 'desktop', 'port', 'database', 'clock', 'feed']);
    expect(code).toBe(0);
  });

  it('exits with 1 and says what is wrong', async () => {
    writeFileSync(join(directory.path, 'ledger.db'), 'not a database, and long enough to see it');
    const args = ['--port', '0', '--data-dir', directory.path, '--feed', 'replay:missing.gz'];
    const { code, stdout } = await runCli(['doctor', ...args]).ended;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}database .*ledger\.db/m);
    expect(stdout).toMatch(/^FAIL {2}feed .*missing\.gz/m);
  });
});
