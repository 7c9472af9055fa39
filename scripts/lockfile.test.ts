import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeLockfile, type Lockfile, missingPackages } from './lockfile.ts';

const root = resolve(import.meta.dirname, '..');
const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;

describe('package-lock.json', () => {
  it('has every platform’s packages, without which `npm ci` refuses it', () => {
    expect(missingPackages(lockfile).map(([name]) => name)).toEqual([]);
  });

  it('names no registry', () => {
    const named = Object.entries(lockfile.packages).filter(([, { resolved }]) => resolved);
    expect(named).toEqual([]);
  });
});

describe('completeLockfile', () => {
  it('adds what is missing, for its platform only', () => {
    const { lockfile: complete, added } = completeLockfile({
      packages: {
        'node_modules/tool': {
          version: '1.0.0',
          dev: true,
          optionalDependencies: {
            '@tool/bin-linux-x64-musl': '1.0.0',
            '@tool/bin-darwin-arm64': '1.0.0',
          },
        },
        'node_modules/@tool/bin-darwin-arm64': { version: '1.0.0' },
      },
    });
    expect(added).toEqual(['@tool/bin-linux-x64-musl']);
    expect(complete.packages['node_modules/@tool/bin-linux-x64-musl']).toEqual({
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
      libc: ['musl'],
    });
    expect(Object.keys(complete.packages)).toEqual(Object.keys(complete.packages).toSorted());
  });
});
