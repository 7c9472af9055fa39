import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_HUB_LIMITS } from '#main/hub/limits/hub-limits.ts';
import { readConfigFiles } from '../config-files.ts';
import { KeptHubLimits } from './kept-hub-limits.ts';

let directory: string;
let limits: KeptHubLimits;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapedeck-limits-'));
  limits = new KeptHubLimits(directory, DEFAULT_HUB_LIMITS);
});
afterEach(() => rmSync(directory, { recursive: true }));

const startWith = async () => {
  const read = await readConfigFiles(directory);
  return read.ok ? read.value.hubLimits : null;
};

describe('the limits that are kept for the next start', () => {
  it('[H4] are those that the hub begins with then, and not before', async () => {
    const slower = { count: 5, periodMs: 60_000 };
    const kept = await limits.keep({ connections: 20, eventRates: { 'desk:send': slower } });
    expect(kept).toMatchObject({
      value: { inUse: DEFAULT_HUB_LIMITS, kept: { connections: 20 } },
    });
    expect(await startWith()).toEqual({
      ...DEFAULT_HUB_LIMITS,
      connections: 20,
      eventRates: { ...DEFAULT_HUB_LIMITS.eventRates, 'desk:send': slower },
    });
    expect(readdirSync(directory)).toEqual(['hub-limits.json']);
  });

  it('[H4] are the defaults again where none is kept', async () => {
    await limits.keep({ connections: 20 });
    expect(await limits.keep({})).toMatchObject({ value: { kept: {} } });
    expect(await startWith()).toEqual(DEFAULT_HUB_LIMITS);
  });

  it('are those that were written by hand meanwhile, or say what is wrong with them', async () => {
    writeFileSync(join(directory, 'hub-limits.json'), '{"connections":7}');
    expect(await limits.view()).toMatchObject({ value: { kept: { connections: 7 } } });
    writeFileSync(join(directory, 'hub-limits.json'), '{"connections":0}');
    expect(await limits.view()).toMatchObject({ error: { code: 'bad_request' } });
  });

  it('say so where they cannot be kept', async () => {
    mkdirSync(join(directory, 'hub-limits.json.new'));
    expect(await limits.keep({})).toMatchObject({ error: { code: 'unavailable' } });
  });
});
