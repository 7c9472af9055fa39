import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { completeLockfile, type Lockfile } from './lockfile.ts';

/**
 * Run after `npm install` behind a registry that does not carry every platform's binaries: npm then
 * leaves those out of the lock file, and `npm ci` refuses it, here and everywhere else.
 */
const path = join(resolve(import.meta.dirname, '..'), 'package-lock.json');
const { lockfile, added } = completeLockfile(JSON.parse(readFileSync(path, 'utf8')) as Lockfile);
writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(added.length === 0 ? 'Complete as it is.' : `Added ${added.join(', ')}`);
