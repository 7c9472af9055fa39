import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataDirectory } from './data-directory.ts';

const MODULE = new URL('./data-directory.ts', import.meta.url).href;
const HOLDING_PROCESS = `
  import { openDataDirectory } from '${MODULE}';
  console.log(openDataDirectory(process.argv[1]).ok);
  setInterval(() => undefined, 1_000);
`;

const IS_ROOT = process.getuid?.() === 0;

describe('openDataDirectory', () => {
  let root: string;
  let child: ChildProcess | null = null;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tapedeck-directory-'));
  });
  afterEach(() => {
    child?.kill('SIGKILL');
    child = null;
    rmSync(root, { recursive: true });
  });

  const open = (path: string) => {
    const opened = openDataDirectory(path);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };

  it('creates it for the owner only, with all above it', () => {
    const path = join(root, 'a', 'b');
    const directory = open(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(directory).toMatchObject({
      path,
      ledgerPath: join(path, 'ledger.db'),
      tapePath: join(path, 'tape.db'),
    });
    directory.close();
    expect(readdirSync(path)).toEqual(['lock.db']);
  });

  it('leaves the mode and the files of one that exists', () => {
    chmodSync(root, 0o755);
    writeFileSync(join(root, 'mine.txt'), 'mine');
    open(root).close();
    expect(statSync(root).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(root, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    ['is a file', 'file'],
    ['lies below a file', 'file/below'],
  ])('says in one sentence that it %s, and does not touch the file', (_, name) => {
    writeFileSync(join(root, 'file'), 'precious');
    expect(openDataDirectory(join(root, name))).toEqual({
      ok: false,
      error: {
        code: 'unavailable',
        message: `The data directory ${join(root, name)} is, or lies below, a file: choose another one.`,
      },
    });
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('precious');
  });

  it.skipIf(!existsSync('/proc/self'))(
    'says that it cannot be created (Linux: below /proc)',
    () => {
      const opened = openDataDirectory('/proc/self/tapedeck');
      expect(opened).toMatchObject({ ok: false, error: { code: 'unavailable' } });
      if (!opened.ok)
        expect(opened.error.message).toMatch(
          /^The data directory \/proc\/self\/tapedeck cannot be created: [^.]+\.$/,
        );
    },
  );

  it.skipIf(IS_ROOT)('says that it is read-only (left out as root, who may write anywhere)', () => {
    const path = join(root, 'locked');
    mkdirSync(path, { mode: 0o555 });
    expect(openDataDirectory(path)).toMatchObject({
      ok: false,
      error: {
        message: `The data directory ${path} cannot be written to: its permissions do not allow it; choose another one.`,
      },
    });
  });

  it('refuses a second opening in the same process until the first is closed', () => {
    const first = open(root);
    expect(openDataDirectory(root)).toMatchObject({ ok: false });
    first.close();
    first.close();
    open(root).close();
  });

  it('refuses while another process holds it, names that one, and takes over when it is killed', async () => {
    const holder = spawn(
      process.execPath,
      ['--input-type=module', '--eval', HOLDING_PROCESS, root],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    child = holder;
    expect(String(await once(holder.stdout, 'data'))).toBe('true\n');
    expect(openDataDirectory(root)).toEqual({
      ok: false,
      error: {
        code: 'unavailable',
        message: `Another Tapedeck (process ${holder.pid}) is using the data directory ${root}: close it, or choose another directory.`,
      },
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    open(root).close();
  });
});
