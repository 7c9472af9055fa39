import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from './outbox.ts';

describe('an outbox', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-outbox-'));
    file = join(folder, 'outbox');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const drain = (outbox: Outbox<{ id: string }>): string[] => {
    const ids: string[] = [];
    for (const { id } of outbox.pending) {
      ids.push(id);
      outbox.answered(id);
    }
    return ids;
  };

  it('gives what was not answered, in order, also to the next process', () => {
    const outbox = new Outbox<{ id: string }>(file);
    for (const id of ['1', '2', '3']) outbox.add({ id });
    outbox.answered('1');
    outbox.answered('1');
    // Nothing is closed: the process was killed.
    const next = new Outbox<{ id: string }>(file);
    expect(next.size).toBe(2);
    next.add({ id: '4' });
    expect(drain(next)).toEqual(['2', '3', '4']);
    expect(new Outbox(file).size).toBe(0);
  });

  it('cuts off half a line, and goes on behind the whole ones', () => {
    new Outbox<{ id: string }>(file).add({ id: 'ö' });
    appendFileSync(file, '+{"id":"half');
    const next = new Outbox<{ id: string }>(file);
    next.add({ id: '2' });
    expect(drain(new Outbox<{ id: string }>(file))).toEqual(['ö', '2']);
  });

  it('keeps nothing of a record that a full disk has taken half of', () => {
    const outbox = new Outbox<{ id: string }>(file);
    outbox.add({ id: '1' });
    const { appendFileSync: whole } = fs;
    const full = vi.spyOn(fs, 'appendFileSync').mockImplementation((descriptor, data) => {
      whole(descriptor, String(data).slice(0, 5));
      throw new Error('ENOSPC');
    });
    syncBuiltinESMExports();
    expect(() => outbox.add({ id: 'half' })).toThrow('ENOSPC');
    full.mockRestore();
    syncBuiltinESMExports();
    outbox.add({ id: '2' });
    expect(drain(new Outbox<{ id: string }>(file))).toEqual(['1', '2']);
  });

  it('begins anew when all is answered and the file has grown', () => {
    const outbox = new Outbox<{ id: string; text: string }>(file);
    for (let index = 0; index < 12; index += 1) {
      outbox.add({ id: String(index), text: 'x'.repeat(100_000) });
    }
    for (let index = 0; index < 11; index += 1) outbox.answered(String(index));
    expect(statSync(file).size).toBeGreaterThan(1_000_000);
    outbox.answered('11');
    expect(statSync(file).size).toBe(0);
    outbox.add({ id: 'next', text: '' });
    expect(readFileSync(file, 'utf8')).toBe('+{"id":"next","text":""}\n');
  });
});
