import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instrumentId } from '#domain/instrument.ts';
import { openTapeDatabase } from '../storage/tape-database.ts';
import { readTrades } from './reader.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const urlOf = (path: string) => new URL(path, import.meta.url).href;

/** Records a trade each millisecond or so, and prints `id receivedTime` of each that it handed over. */
const RECORDING_PROCESS = `
  import { openTapeDatabase } from '${urlOf('../storage/tape-database.ts')}';
  import { TapeRecorder } from '${urlOf('./recorder.ts')}';
  const clock = {
    now: () => Date.now(),
    setTimeout: (callback, delayMs) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const recorder = new TapeRecorder({
    store: openTapeDatabase(process.argv[1]).value,
    clock,
    onFailure: (reason) => { throw new Error(reason); },
    onRecovery: () => undefined,
  });
  let id = 0;
  setInterval(() => {
    for (let burst = 0; burst < 20; burst++) {
      const now = Date.now();
      recorder.record({
        instrumentId: '${BTC}', id: String(++id), price: 100 + id / 100, size: 1,
        aggressorSide: id % 3 ? 'buy' : 'sell', eventTime: now - 5, receivedTime: now,
      });
      console.log(id + ' ' + now);
    }
  }, 2);
`;

describe('a recorder that is killed', () => {
  let directory: string;
  let child: ChildProcess | null = null;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tapedeck-crash-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    rmSync(directory, { recursive: true });
  });

  it('[T1] loses at most 250 ms, keeps the order, and leaves a sound tape', async () => {
    const path = join(directory, 'tape.db');
    const handedOver = await recordUntilKilled(path, 6_000);
    const opened = openTapeDatabase(path);
    if (!opened.ok) throw new Error(opened.error.message);
    const read = readTrades(opened.value, BTC, { limit: 1_000_000 });
    opened.value.close();
    if (!read.ok) throw new Error(read.error.message);

    expect(read.value.map((trade) => Number(trade.id))).toEqual(
      Array.from(read.value, (_, index) => index + 1),
    );
    const timeOfDeath = handedOver.at(-1)?.time ?? 0;
    const due = handedOver.filter(({ time }) => time < timeOfDeath - 250);
    expect(due.length).toBeGreaterThan(1_000);
    expect(read.value.length).toBeGreaterThanOrEqual(due.length);
    due.forEach(({ id, time }, index) => {
      expect(read.value[index]).toMatchObject({ id: String(id), receivedTime: time });
    });
  }, 30_000);

  /** The kill comes when `count` trades were heard of; whatever was still printed counts too. */
  async function recordUntilKilled(path: string, count: number) {
    const process_ = spawn(
      process.execPath,
      ['--input-type=module', '--eval', RECORDING_PROCESS, path],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child = process_;
    const handedOver: { id: number; time: number }[] = [];
    const lines = createInterface({ input: process_.stdout });
    lines.on('line', (line) => {
      const [id, time] = line.split(' ').map(Number);
      // The kill may cut the last line short.
      if (id === handedOver.length + 1 && time !== undefined && time > 1e12)
        handedOver.push({ id, time });
      if (handedOver.length === count) process_.kill('SIGKILL');
    });
    await Promise.all([once(process_, 'exit'), once(lines, 'close')]);
    return handedOver;
  }
});
