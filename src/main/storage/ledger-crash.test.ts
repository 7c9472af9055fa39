import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from './ledger.ts';

const storedBot = new URL('../../../tests/fakes/stored-bot.ts', import.meta.url).href;

/** Writes fills with their bot's cash, one transaction each, and prints the id of each once it is on disk. */
const WRITING_PROCESS = `
  import { writeSync } from 'node:fs';
  import { openLedger } from '${new URL('./ledger.ts', import.meta.url).href}';
  import { PLAIN_RUNTIME, PLAIN_SETTINGS } from '${storedBot}';
  const ledger = openLedger(process.argv[1], { onDamage: (damage) => { throw damage; } }).value;
  const runtime = {
    botId: 'a', state: 'running', error: null, cash: '0', fillCount: 0, lastFillTime: null,
    strategyState: null, orderSequence: 0,
    ...PLAIN_RUNTIME,
  };
  ledger.bots.insert({
    config: {
      id: 'a', name: 'A', strategy: 'grid', instrumentId: 'demo:BTC/USDT', params: {},
      initialCash: '0', makerFeeBps: 0, takerFeeBps: 0, createdTime: 1, ...PLAIN_SETTINGS,
    },
    runtime,
  });
  for (let id = 1; ; id++) {
    ledger.transaction(() => {
      ledger.fills.insert({
        id: String(id), botId: 'a', orderId: 'o', instrumentId: 'demo:BTC/USDT', side: 'buy',
        quantity: '1', price: '1', fee: '0', feeCurrency: 'USDT', liquidity: 'taker',
        realizedPnl: '0', eventTime: id,
      });
      ledger.bots.saveRuntime({ ...runtime, cash: '-' + id, fillCount: id, lastFillTime: id });
    });
    writeSync(1, id + '\\n');
  }
`;

describe('a ledger whose process is killed', () => {
  let root: string;
  let child: ChildProcess | null = null;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-ledger-crash-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(root, { recursive: true });
  });

  it('[T1] has every fill that was acknowledged, and no half of one', async () => {
    const path = join(root, 'ledger.db');
    const writer = spawn(
      process.execPath,
      ['--input-type=module', '--eval', WRITING_PROCESS, path],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child = writer;
    let acknowledged = 0;
    const lines = createInterface({ input: writer.stdout });
    lines.on('line', (line) => {
      // The kill may cut the last line short.
      if (Number(line) === acknowledged + 1) acknowledged++;
      if (acknowledged === 500) writer.kill('SIGKILL');
    });
    await Promise.all([once(writer, 'exit'), once(lines, 'close')]);

    const opened = openLedger(path, { onDamage: ({ reason }) => expect.unreachable(reason) });
    if (!opened.ok) throw new Error(opened.error.message);
    const ledger = opened.value;
    const count = ledger.fills.count('a');
    expect(acknowledged).toBeGreaterThanOrEqual(500);
    expect(count).toBeGreaterThanOrEqual(acknowledged);
    expect(ledger.bots.get('a')?.runtime).toMatchObject({ fillCount: count, cash: `-${count}` });
    for (let id = 1; id <= count; id++) expect(ledger.fills.get(String(id))).not.toBeNull();
    ledger.close();
  }, 30_000);
});
