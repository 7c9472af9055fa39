import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '#tests/support/recordings.ts';
import { openFileSource, type ReadSoFar } from './replay-file-source.ts';
import { SpoolPlace } from './spool-place.ts';

describe.skipIf(!hasRecordings)(`a recording as a source${needsRecordings}`, () => {
  it('[T4] tells while it is read how much of it is, and how far it reaches so far', async () => {
    const told: ReadSoFar[] = [];
    const { signal } = new AbortController();
    const opened = await openFileSource(SPOT_BTCUSDT, {
      signal,
      onProgress: (one) => told.push(one),
    });
    const source = opened.ok ? opened.value : null;
    expect(source?.isSeekable).toBe(false);
    expect(told.length).toBeGreaterThan(10);
    for (const [index, { progress, toTime, fromTime }] of told.entries()) {
      const before = told[index - 1];
      expect(progress).toBeGreaterThanOrEqual(before?.progress ?? 0);
      expect(toTime).toBeGreaterThanOrEqual(before?.toTime ?? fromTime);
    }
    expect(told.at(-1)).toMatchObject({ progress: 1, toTime: source?.toTime });
    expect(told[0]?.progress).toBeLessThan(0.5);
    expect(told[0]?.instruments).toEqual(source?.instruments);
  });

  it('is not read to its end where that is given up, and leaves no spool', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapedeck-given-up-'));
    const abort = new AbortController();
    let chunks = 0;
    const opened = await openFileSource(SPOT_BTCUSDT, {
      ...{ signal: abort.signal, spools: new SpoolPlace(folder) },
      onProgress: () => {
        chunks += 1;
        abort.abort();
      },
    });
    expect(opened).toEqual({ ok: true, value: null });
    expect(chunks).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
