import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '#tests/support/serve-process.ts';

const moduleOf = (name: string): string =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href);

it.each([
  ['uncaughtException', 'setTimeout(() => { throw new Error("the cause"); })'],
  ['unhandledRejection', 'void Promise.reject(new Error("the cause"))'],
])('writes down why a process ends: %s', (origin, fault) => {
  const directory = temporaryDirectory();
  const folder = join(directory.path, 'logs');
  const program = `
    import { createLogbook } from ${moduleOf('log.ts')};
    import { logCrashes } from ${moduleOf('log-crashes.ts')};
    const { log, keepIn } = createLogbook('info');
    logCrashes(log);
    await keepIn(${JSON.stringify(folder)});
    ${fault};`;
  const args = ['--input-type=module', '--eval', program];
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  expect(status).toBe(1);
  const lines = readFileSync(join(folder, 'tapedeck.1.log'), 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      ...{ level: 'error', origin, msg: 'a fault that nobody has caught' },
      err: expect.objectContaining({ message: 'the cause', stack: expect.any(String) }),
    }),
  ]);
  directory.remove();
});
