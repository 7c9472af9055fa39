import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOwnerToken, loadOwnerToken } from './owner-token.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tapedeck-token-'));
  file = join(directory, 'owner-token');
});
afterEach(() => rm(directory, { recursive: true }));

const modeOf = async () => (await stat(file)).mode & 0o777;
const load = async () => {
  const loaded = await loadOwnerToken(file);
  return loaded.ok ? loaded.value : loaded.error;
};

it('[H1] makes 256 random bits at first start, for the owner’s eyes only, and keeps them', async () => {
  const token = await load();
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await modeOf()).toBe(0o600);
  expect(await load()).toBe(token);
  expect(await readdir(directory)).toEqual(['owner-token']);
});

it('[H1] two that start at once agree on one token', async () => {
  const tokens = await Promise.all(Array.from({ length: 8 }, load));
  expect(new Set(tokens).size).toBe(1);
  expect(await readdir(directory)).toEqual(['owner-token']);
});

it('[H1] a file that others may read is closed to them', async () => {
  const token = await load();
  await chmod(file, 0o644);
  expect(await load()).toBe(token);
  expect(await modeOf()).toBe(0o600);
});

it('a damaged file is said to be so, and left alone', async () => {
  await writeFile(file, 'short');
  expect(await load()).toMatchObject({
    code: 'unavailable',
    message: `The token file ${file} is damaged; remove it to get a new token.`,
  });
  expect(await readFile(file, 'utf8')).toBe('short');
});

it('a file that cannot be read or made is said to be so', async () => {
  file = directory;
  expect(await load()).toMatchObject({ code: 'unavailable' });
  file = join(directory, 'missing', 'owner-token');
  expect(await load()).toMatchObject({
    code: 'unavailable',
    message: `The token file ${file} cannot be used (ENOENT).`,
  });
});

it('compares whole tokens', () => {
  expect(isOwnerToken('abc', 'abc')).toBe(true);
  for (const other of ['', 'ab', 'abcd', 'abd']) expect(isOwnerToken(other, 'abc')).toBe(false);
});
