import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, type HubConnection } from '../support/hub-connection.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const root = resolve(import.meta.dirname, '../..');

/** The example as it stands in the document, but for the address. */
function documentedSession(url: string): string {
  const [, section = ''] = readFileSync(join(root, 'docs/protocol.md'), 'utf8').split(
    '\n## A session\n',
  );
  const [, code] = /```js\n(.*?)```/s.exec(section) ?? [];
  if (code === undefined) throw new Error('the protocol has no session in JavaScript');
  return code.replace('http://127.0.0.1:8377', url);
}

describe('the session in JavaScript that the protocol describes', () => {
  let folder = '';
  let monitor: Monitor;
  let hub: HubConnection;
  let session: ChildProcess | undefined;
  const said: string[] = [];

  const begin = async (port = 0) => {
    const dataDirectory = join(folder, 'data');
    monitor = await startTestMonitor({ dataDirectory, feeds: ['demo'], port });
    hub = await connectTo(monitor);
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-session-'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    await begin();
  });
  afterEach(async () => {
    session?.kill('SIGKILL');
    hub.close();
    await monitor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the session said since then stands in the hub's own list of trades, one after another. */
  async function expectEachOnce(since: number): Promise<void> {
    await eventually(
      () => said.length,
      (length) => length >= since + 10,
    );
    const heard = said.slice(since, since + 10);
    const { trades } = await hub.request('trades.get', {
      instrumentId: BTC,
      limit: 500,
    });
    const known = trades.map(({ side, size, price }) => `${side} ${size} @ ${price}`);
    const oldestFirst = [known, known.toReversed()].map((list) => list.join('\n'));
    expect(oldestFirst.some((list) => list.includes(heard.join('\n')))).toBe(true);
  }

  it('[B3] [B4] hears of every trade once and in order, and goes on after the hub was away', async () => {
    const script = join(folder, 'session.mjs');
    writeFileSync(script, documentedSession(monitor.url));
    const env = { ...process.env, TOKEN_FILE: monitor.tokenFile };
    session = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    if (!session.stdout) throw new Error('it has no output');
    createInterface({ input: session.stdout }).on('line', (line) => said.push(line));
    await expectEachOnce(0);
    const port = Number(new URL(monitor.url).port);
    hub.close();
    await monitor.close();
    const before = said.length;
    await begin(port);
    await expectEachOnce(before);
  });
});
