import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Importing room, imported specifier as seen from `src/<room>/probe.ts`, rule that must bite. */
const FORBIDDEN = [
  ['domain', '../contract/target.ts', 'domain-imports-nothing-of-ours'],
  ['domain', 'node:fs', 'domain-has-no-runtime'],
  ['contract', '../main/hub/target.ts', 'contract-imports-domain-only'],
  ['contract', 'node:fs', 'domain-has-no-runtime'],
  ['preload', '../main/shell/target.ts', 'preload-is-narrow'],
  ['renderer', '../main/hub/target.ts', 'renderer-knows-no-main'],
  ['renderer', '../preload/target.ts', 'renderer-knows-no-main'],
  ['renderer', 'electron', 'electron-only-in-the-shell'],
  ['renderer', 'node:fs', 'renderer-has-no-node'],
  ['main/broker', '../hub/target.ts', 'main-broker-is-its-own-room'],
  ['main/hub', '../broker/target.ts', 'main-hub-is-its-own-room'],
  ['main/feeds', '../market/target.ts', 'main-feeds-is-its-own-room'],
  ['main/tape', '../storage/target.ts', 'main-tape-is-its-own-room'],
  ['main/market', '../feeds/target.ts', 'main-market-is-its-own-room'],
  ['main/bots', '../execution/target.ts', 'main-bots-is-its-own-room'],
  ['main/execution', '../bots/target.ts', 'main-execution-is-its-own-room'],
  ['main/storage', '../tape/target.ts', 'main-storage-is-its-own-room'],
  ['main/replay', '../tape/target.ts', 'main-replay-is-its-own-room'],
  ['main/backtest', '../replay/target.ts', 'main-backtest-is-its-own-room'],
  ['main/journal', '../storage/target.ts', 'main-journal-is-its-own-room'],
  ['main/hub', '../app/target.ts', 'main-hub-is-its-own-room'],
  ['main/telemetry', '../hub/target.ts', 'telemetry-is-a-leaf'],
  ['main/shell', '../hub/target.ts', 'shell-sees-only-interfaces'],
  ['main/hub', 'electron', 'electron-only-in-the-shell'],
  ['main/app', 'electron', 'electron-only-in-the-shell'],
] as const;

const ALLOWED = [
  ['contract', '../domain/target.ts'],
  ['renderer', '../contract/target.ts'],
  ['main/hub', '../telemetry/target.ts'],
  ['main/hub', '../../contract/target.ts'],
  ['main/shell', 'electron'],
  ['preload', 'electron'],
  ['main/app', '../hub/target.ts'],
] as const;

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string; readonly severity: string };
}

describe('import table', () => {
  const tree = mkdtempSync(join(tmpdir(), 'tapedeck-imports-'));
  const violations: Violation[] = [];
  const probeOf = (kind: string, index: number, room: string) => `src/${room}/${kind}-${index}.ts`;

  beforeAll(async () => {
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    };
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    const rooms = new Set([...FORBIDDEN, ...ALLOWED].map(([room]) => room));
    for (const room of [...rooms, 'main/app']) write(`src/${room}/target.ts`, 'export {};\n');
    FORBIDDEN.forEach(([room, specifier], index) => {
      write(probeOf('forbidden', index, room), `import '${specifier}';\n`);
    });
    ALLOWED.forEach(([room, specifier], index) => {
      write(probeOf('allowed', index, room), `import '${specifier}';\n`);
    });
    const config = join(root, '.dependency-cruiser.mjs');
    const arguments_ = ['src', '--config', config, '--output-type', 'json'];
    const cruiser = join(root, 'node_modules/.bin/depcruise');
    const options = { cwd: tree, maxBuffer: 64 * 1024 * 1024 };
    const output = await run(cruiser, arguments_, options).catch(
      (error: { stdout: string }) => error,
    );
    violations.push(...JSON.parse(output.stdout).summary.violations);
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(FORBIDDEN.map((row, index) => [...row, index] as const))(
    '%s must not import %s (%s)',
    (room, _specifier, rule, index) => {
      const from = probeOf('forbidden', index, room);
      const found = violations.filter((violation) => violation.from === from);
      expect(found.map(({ rule: { name } }) => name)).toContain(rule);
      expect(found.every(({ rule: { severity } }) => severity === 'error')).toBe(true);
    },
  );

  it.each(ALLOWED.map((row, index) => [...row, index] as const))(
    '%s may import %s',
    (room, _specifier, index) => {
      const from = probeOf('allowed', index, room);
      expect(violations.filter((violation) => violation.from === from)).toEqual([]);
    },
  );
});
