import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './serve-process.ts';

/** A folder of strategies that is gone after the test. */
export function strategyFolder(files: Readonly<Record<string, string>> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'tapedeck-strategies-'));
  const write = (name: string, source: string) => {
    const file = join(path, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, source);
  };
  for (const [name, source] of Object.entries(files)) write(name, source);
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The worked example of the documentation, as it stands there. */
export function documentedStrategy(): string {
  const text = readFileSync(join(projectRoot, 'docs/writing-a-strategy.md'), 'utf8');
  const [, source] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  if (source === undefined) throw new Error('docs/writing-a-strategy.md has no example');
  return source;
}
