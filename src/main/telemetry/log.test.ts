import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, createLogbook } from './log.ts';

const JWT = [{ alg: 'HS256' }, { sub: 'owner' }, 'signature-of-it']
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');
const OWNER_TOKEN = 'Q3Jk-_7aZ0x1y2w3v4u5t6s7r8q9p0o1n2m3l4k5j6I';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const memory = () => {
  const lines: string[] = [];
  return { lines, write: (line: string) => void lines.push(line) };
};
const names = () =>
  readdirSync(folder).sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
const contents = () => names().map((name) => readFileSync(join(folder, name), 'utf8'));
const entries = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('secrets never reach the log', () => {
  const logged = (fields: object, message: string): string => {
    const stream = memory();
    createLog('debug', stream).error(fields, message);
    const [line = ''] = stream.lines;
    expect(() => JSON.parse(line)).not.toThrow();
    return line;
  };

  it.each([
    ['a token', { token: 'abc' }],
    ['a token deep inside', { a: { b: { c: [{ token: 'abc' }] } } }],
    ['a header', { headers: { authorization: 'Bearer abc', cookie: 'x=abc' } }],
    ['a header set', { headers: { 'Set-Cookie': 'x=abc' } }],
    ['a login code', { code: 'abcAbc-12_abc' }],
    ['a token with quotes in it', { token: 'a"abc\\' }],
    ['a list of cookies', { 'set-cookie': ['x=abc]', 'y="abc"'] }],
    ['JSON in a text', { body: JSON.stringify({ token: 'abc', b: 1 }) }],
    ['JSON in JSON in a text', { body: JSON.stringify({ a: JSON.stringify({ secret: 'abc' }) }) }],
    ['a header of an exchange', { headers: { 'x-api-key': 'abc', 'X-MBX-APIKEY': 'abc' } }],
    ['what goes with a key', { passphrase: 'abc', privateKey: 'abc', listenKey: 'abc' }],
    ['a token of a kind', { accessToken: 'abc', botToken: 'abc' }],
  ])('%s in the fields', (_, fields) => {
    expect(logged(fields, 'x')).not.toContain('abc');
  });

  it.each([
    ['a JWT', JWT],
    ['half a JWT', JWT.slice(0, 60)],
    ['the owner’s token', OWNER_TOKEN],
    ['a bearer', `Authorization: Bearer ${OWNER_TOKEN.slice(3)}`],
    ['a login address', 'http://127.0.0.1:8377/?code=abcDEF123&x=1'.replace('abcDEF123', 'SECRET')],
    ['a session cookie', 'tapedeck_session_8377=SECRET.SECRET; other=1'],
    ['the owner’s token in a word', `token_${OWNER_TOKEN}`],
    ['the owner’s token in an address', encodeURIComponent(`"Bearer ${OWNER_TOKEN}"`)],
    [
      'a JWT in an address',
      encodeURIComponent(`"${JWT}"`.replaceAll('.', '..')).replaceAll('..', '%2E'),
    ],
    ['a proxy with its password', 'http://someone:SECRET@proxy:3128/'],
    ['a signed address', 'https://x.example/order?apiKey=SECRET&symbol=BTC&signature=SECRET'],
    ['keys as an exchange’s library tells them', "{ apiKey: 'SECRET', secret: 'SECRET' }"],
  ])('%s in a message, and in the stack of an error', (_, secret) => {
    const message = `handshake with ${secret} failed`;
    const line = logged({ err: new Error(message) }, message);
    for (const part of [JWT.split('.')[1], OWNER_TOKEN.slice(3), 'SECRET']) {
      expect(line).not.toContain(part);
    }
    expect(line.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it('and the line stays JSON, whatever is in it', () => {
    const nasty = fc.constantFrom(
      '"token":"',
      '\\"',
      '"code":"a',
      '?code=',
      'Bearer ',
      'eyJabcdef.',
    );
    const text = fc.array(fc.oneof(nasty, fc.string())).map((parts) => parts.join(''));
    const name = fc.constantFrom('token', 'code', 'cookie', 'other');
    const field = fc.oneof(text, fc.array(text), fc.integer());
    fc.assert(
      fc.property(fc.dictionary(name, field), text, (fields, message) => {
        expect(() => JSON.parse(logged(fields, message))).not.toThrow();
      }),
    );
  });

  it('and what is no secret stays', () => {
    const error = Object.assign(new Error('no way'), { code: 'ECONNRESET' });
    const path = '/home/someone/.local/share/tapedeck/logs/tapedeck.1.log';
    const fields = { err: error, failure: { code: 'too_many_subscriptions' }, path, code: 7 };
    const line = logged(fields, 'bot 0123456789ab on binance:BTC/USDT stopped');
    expect(line).not.toContain('[redacted]');
    expect(JSON.parse(line)).toMatchObject({ level: 'error', path, code: 7 });
  });
});

describe('the logbook', () => {
  it('shows warnings at the terminal, and keeps everything from the level on in the file', async () => {
    const terminal = memory();
    const { log, keepIn } = createLogbook('info', terminal);
    const files = await keepIn(join(folder));
    log.debug({}, 'one');
    log.info({ part: 'hub' }, 'two');
    log.warn({}, 'three');
    const [text = ''] = contents();
    expect(entries(text).map(({ level, msg }) => [level, msg])).toEqual([
      ['info', 'two'],
      ['warn', 'three'],
    ]);
    expect(entries(terminal.lines.join('')).map(({ msg }) => msg)).toEqual(['three']);
    await files.close();
    log.error({}, 'after the end');
    expect(contents()).toEqual([text]);
    expect(terminal.lines).toHaveLength(2);
  });

  it('shows no warning where only errors were asked for, and nothing where silence was', async () => {
    const terminal = memory();
    createLogbook('error', terminal).log.warn({}, 'x');
    createLogbook('silent', terminal).log.error({}, 'x');
    expect(terminal.lines).toEqual([]);
    createLogbook('error', terminal).log.error({}, 'x');
    expect(terminal.lines).toHaveLength(1);
  });

  it('takes secrets out of the file too', async () => {
    const { log, keepIn } = createLogbook('info', memory());
    const files = await keepIn(folder);
    log.info({ a: { authorization: `Bearer ${OWNER_TOKEN}` } }, `with ${JWT}`);
    await files.close();
    expect(contents().join('')).not.toMatch(/Q3Jk|eyJ/);
    expect(
      contents()
        .join('')
        .match(/\[redacted\]/g),
    ).toHaveLength(2);
  });

  it('only the owner of the directory reads it', async () => {
    const files = await createLogbook('info', memory()).keepIn(folder);
    expect(statSync(join(folder, 'tapedeck.1.log')).mode & 0o777).toBe(0o600);
    await files.close();
  });
});

describe.skipIf(!existsSync('/dev/full'))('a full disk', () => {
  it('is told at the terminal, once, and the log goes on there', async () => {
    symlinkSync('/dev/full', join(folder, 'tapedeck.1.log'));
    const terminal = memory();
    const { log, keepIn } = createLogbook('info', terminal);
    const files = await keepIn(folder);
    for (let n = 0; n < 3; n += 1) log.info({}, 'into the full disk');
    await expect
      .poll(() => entries(terminal.lines.join('')))
      .toEqual([
        expect.objectContaining({ level: 'warn', reason: expect.stringContaining('ENOSPC') }),
      ]);
    log.warn({}, 'still here');
    expect(terminal.lines).toHaveLength(2);
    await files.close();
  });
});

describe('rotation', () => {
  const LIMITS = { maxFileBytes: 2_000, maxFiles: 3 };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** Removal of old files is asynchronous: waits for the folder to be as it should. */
  const until = async (isSo: () => boolean) => {
    for (let tries = 0; !isSo() && tries < 1_000; tries += 1) await turn();
  };

  async function write(from: number, to: number): Promise<void> {
    const { log, keepIn } = createLogbook('info', memory());
    const files = await keepIn(folder, LIMITS);
    for (let n = from; n < to; n += 1) {
      log.info({ n, text: 'x'.repeat(100) }, 'entry');
      await turn();
    }
    await until(() => names().length <= LIMITS.maxFiles);
    await files.close();
  }

  it('goes on with a next file at the size limit, keeps the newest, and loses no entry', async () => {
    await write(0, 100);
    expect(names()).toHaveLength(LIMITS.maxFiles);
    const kept = contents().flatMap(entries);
    const numbers = kept.map(({ n }) => n as number);
    expect(numbers.at(-1)).toBe(99);
    expect(numbers).toEqual(numbers.map((_, index) => 100 - numbers.length + index));
    for (const text of contents()) expect(text.length).toBeLessThan(LIMITS.maxFileBytes + 400);
  });

  it('counts the files of earlier runs, and goes on where they ended', async () => {
    await write(0, 60);
    const before = names();
    await write(60, 120);
    expect(names()).toHaveLength(LIMITS.maxFiles);
    expect(names()).not.toEqual(before);
    const numbers = contents()
      .flatMap(entries)
      .map(({ n }) => n as number);
    expect(numbers.at(-1)).toBe(119);
    expect(numbers).toEqual(numbers.map((_, index) => 120 - numbers.length + index));
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder that cannot be written', async () => {
    chmodSync(folder, 0o500);
    await expect(createLogbook('info', memory()).keepIn(join(folder, 'logs'))).rejects.toThrow();
  });
});
