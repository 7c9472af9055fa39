import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, link, open, readFile, rm, stat } from 'node:fs/promises';
import { fail, type Result, succeed } from '#contract/errors.ts';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const OWNER_ONLY = 0o600;
const GROUP_AND_OTHERS = 0o077;

/** The owner's token (rule H1): read from its file, which is made at first start. */
export async function loadOwnerToken(file: string): Promise<Result<string>> {
  try {
    return await readToken(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return unusable(file, error);
  }
  try {
    await createTokenFile(file);
    return await readToken(file);
  } catch (error) {
    return unusable(file, error);
  }
}

/** In constant time, whatever is given. */
export function isOwnerToken(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

async function readToken(file: string): Promise<Result<string>> {
  const token = (await readFile(file, 'utf8')).trim();
  if (!TOKEN.test(token)) {
    return fail('unavailable', `The token file ${file} is damaged; remove it to get a new token.`);
  }
  if (process.platform !== 'win32' && ((await stat(file)).mode & GROUP_AND_OTHERS) !== 0) {
    await chmod(file, OWNER_ONLY);
  }
  return succeed(token);
}

/** Complete or not there at all: written aside, then linked. Who comes second keeps the first's. */
async function createTokenFile(file: string): Promise<void> {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(aside, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(`${randomBytes(TOKEN_BYTES).toString('base64url')}\n`);
    await handle.sync();
    await link(aside, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } finally {
    await handle.close();
    await rm(aside, { force: true });
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

const unusable = (file: string, error: unknown) =>
  fail('unavailable', `The token file ${file} cannot be used (${codeOf(error) ?? error}).`);
