import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually } from '../support/hub-connection.ts';
import { hasPythonClient, needsPythonClient, PYTHON } from '../support/python.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const SCRIPT = resolve(import.meta.dirname, '../../clients/python/tapedeck_bot.py');
const BOT = 'python-bot';

describe.skipIf(!hasPythonClient)(`the bot in Python${needsPythonClient}`, () => {
  let folder = '';
  let monitor: Monitor;
  let bot: ChildProcess | undefined;
  let said: string[];

  beforeEach(async () => {
    said = [];
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-python-'));
    monitor = await startTestMonitor({ dataDirectory: join(folder, 'data') });
  });
  afterEach(async () => {
    bot?.kill('SIGKILL');
    await monitor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts it, and comes back when it has said so many fills more. */
  async function run(fills: number): Promise<ChildProcess> {
    const child = spawn(PYTHON, [SCRIPT], {
      env: {
        ...{ TAPEDECK_URL: monitor.url, TOKEN_FILE: monitor.tokenFile, BOT_ID: BOT },
        ...{ OUTBOX: join(folder, 'outbox'), PERIOD_S: '0.01' },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    bot = child;
    const enough = said.length + fills;
    await new Promise<void>((done, failed) => {
      child.once('exit', () => failed(new Error('the bot ended by itself')));
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(`${BOT}:${line}`);
        if (said.length >= enough) done();
      });
    });
    return child;
  }

  it('keeps nothing of a record that a full disk has taken half of', () => {
    const program = `
import os, resource, sys
sys.path.insert(0, os.path.dirname(sys.argv[1]))
from tapedeck_bot import Outbox
outbox = Outbox(sys.argv[2])
outbox.add({"id": "1"})
limits = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize(sys.argv[2]) + 5, limits[1]))
try:
    outbox.add({"id": "half"})
except OSError:
    print("refused")
resource.setrlimit(resource.RLIMIT_FSIZE, limits)
outbox.add({"id": "2"})
print(*Outbox(sys.argv[2]).pending)
`;
    const told = execFileSync(PYTHON, ['-c', program, SCRIPT, join(folder, 'full')]);
    expect(told.toString()).toBe('refused\n1 2\n');
  });

  it('[X4] reports after a hub that was away and its own death, in order and once, and stops when told', async () => {
    const port = Number(new URL(monitor.url).port);
    await monitor.close();
    const first = await run(40);
    first.kill('SIGKILL');
    await once(first, 'close');
    monitor = await startTestMonitor({ dataDirectory: join(folder, 'data'), port });

    const second = await run(20);
    const hub = await connectTo(monitor);
    await eventually(
      () => hub.request('bots.list', {}),
      ({ bots }) => bots.some(({ status }) => status.botId === BOT && status.fillCount >= 60),
    );
    const ended = once(second, 'close');
    const { status } = await hub.request('bots.stop', { botId: BOT });
    expect(status.reason).toMatch(/Asked to stop/);
    expect(await ended).toEqual([0, null]);

    const view = await hub.request('bots.get', { botId: BOT });
    expect(view).toMatchObject({
      config: { name: 'Python bot', instrumentId: 'demo:BTC/USDT' },
      status: { state: 'stopped', reason: null, openOrders: 0 },
    });
    const fills = await hub.request('fills.list', { botId: BOT, limit: 1_000 });
    const ids = fills.items.map(({ id }) => id).toReversed();
    // The last before its death may be written down and not said.
    expect(ids.filter((id) => said.includes(id))).toEqual(said);
    expect(ids.length - said.length).toBeLessThanOrEqual(1);
    expect(new Set(ids).size).toBe(ids.length);
    const inThisRun = ids.filter((id) => id.split('-')[1] === ids.at(-1)?.split('-')[1]).length;
    expect(Number(view.position.quantity)).toBeCloseTo(0.01 * inThisRun, 8);
    const { entries } = await hub.request('bots.logs', { botId: BOT });
    expect(entries.length).toBeGreaterThan(0);
    hub.close();
  }, 60_000);
});
