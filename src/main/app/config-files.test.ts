import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_HUB_LIMITS } from '#main/hub/limits/hub-limits.ts';
import { readConfigFiles } from './config-files.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapedeck-config-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const put = (name: string, content: unknown) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(directory, name), text);
};
const messageOf = async () => {
  const read = await readConfigFiles(directory);
  return read.ok ? null : read.error.message;
};

describe('the files that a user may put into the data directory', () => {
  it('need not be there', async () => {
    const nothing = { exchangeConfigs: {}, hubLimits: DEFAULT_HUB_LIMITS };
    expect(await readConfigFiles(directory)).toEqual({ ok: true, value: nothing });
  });

  it('[F1] say how exchanges are reached', async () => {
    const binance = { urls: { api: { ws: { spot: 'ws://127.0.0.1:1' } } }, options: {} };
    put('exchanges.json', { binance });
    expect(await readConfigFiles(directory)).toMatchObject({
      value: { exchangeConfigs: { binance } },
    });
  });

  it('[H4] change the limits that they name, and no others', async () => {
    const faster = { count: 9_000, periodMs: 1_000 };
    put('hub-limits.json', { connections: 20, eventRates: { 'bot:publish': faster } });
    const read = await readConfigFiles(directory);
    expect(read.ok && read.value.hubLimits).toEqual({
      ...DEFAULT_HUB_LIMITS,
      connections: 20,
      eventRates: { ...DEFAULT_HUB_LIMITS.eventRates, 'bot:publish': faster },
    });
  });

  it.each([
    ['hub-limits.json', '{', 'cannot be read'],
    ['hub-limits.json', { connection: 20 }, 'Unrecognized key'],
    ['hub-limits.json', { connections: 0 }, 'is wrong at "connections"'],
    ['hub-limits.json', { eventRates: { gossip: { count: 1, periodMs: 1 } } }, 'eventRates'],
    ['exchanges.json', '[', 'is not valid JSON'],
  ])('that are wrong say where: %s %j', async (name, content, part) => {
    put(name, content);
    const message = await messageOf();
    expect(message).toContain(join(directory, name));
    expect(message).toContain(part);
  });
});
