import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, type HubConnection } from '../support/hub-connection.ts';
import { hasPythonClient, needsPythonClient, PYTHON } from '../support/python.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const PROTOCOL = resolve(import.meta.dirname, '../../docs/protocol.md');
const BOT = 'elsewhere';

/** The example as it stands in the document. */
function documentedSession(): string {
  const [, code] = /```python\n(.*?)```/s.exec(readFileSync(PROTOCOL, 'utf8')) ?? [];
  if (code === undefined) throw new Error('the protocol has no session in Python');
  return code;
}

describe.skipIf(!hasPythonClient)(
  `the session in Python that the protocol describes${needsPythonClient}`,
  () => {
    let folder = '';
    let monitor: Monitor;
    let session: ChildProcess | undefined;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tapedeck-session-'));
      monitor = await startTestMonitor({ dataDirectory: join(folder, 'data') });
    });
    afterEach(async () => {
      session?.kill('SIGKILL');
      await monitor.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function publish(hub: HubConnection, kind: 'status' | 'trade', id: string, data: object) {
      const ack = await hub.socket.emitWithAck('bot:publish', { botId: BOT, id, kind, data });
      expect(ack).toMatchObject({ ok: true });
    }
    const fill = (hub: HubConnection, id: string) =>
      publish(hub, 'trade', id, {
        ...{ id, orderId: `o-${id}`, instrumentId: 'demo:BTC/USDT', side: 'buy', quantity: '0.5' },
        ...{ price: '100', fee: '0', feeCurrency: 'USDT', eventTime: Date.now() },
      });

    it('[B4] [B5] hears of every fill once and in order, also of those while it was cut off', async () => {
      let hub = await connectTo(monitor);
      await publish(hub, 'status', 's1', { state: 'running', name: 'Elsewhere' });
      await fill(hub, 'f1');
      const script = join(folder, 'session.py');
      writeFileSync(script, documentedSession());
      const env = { TAPEDECK_URL: monitor.url, TOKEN_FILE: monitor.tokenFile, BOT_ID: BOT };
      session = spawn(PYTHON, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      const said: string[] = [];
      if (!session.stdout) throw new Error('it has no output');
      createInterface({ input: session.stdout }).on('line', (line) => said.push(line));
      const heard = (count: number) =>
        eventually(
          async () => said.length,
          (have) => have >= count,
        );
      await heard(1);
      await fill(hub, 'f2');
      await heard(2);

      const port = Number(new URL(monitor.url).port);
      hub.close();
      await monitor.close();
      monitor = await startTestMonitor({ dataDirectory: join(folder, 'data'), port });
      hub = await connectTo(monitor);
      await fill(hub, 'f3');
      await fill(hub, 'f4');
      await heard(4);
      await fill(hub, 'f5');
      await heard(5);
      hub.close();
      expect(said).toEqual(
        ['f1', 'f2', 'f3', 'f4', 'f5'].map((id) => `${BOT}:${id} buy 0.5 @ 100`),
      );
    }, 60_000);
  },
);
