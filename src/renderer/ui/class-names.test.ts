import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bindClassNames } from './class-names.ts';

describe('bindClassNames', () => {
  const cx = bindClassNames({ row: 'row_1', selected: 'selected_2' });

  it('joins the scoped names and leaves out what does not apply', () => {
    expect(cx('row', false, undefined, null, 'selected')).toBe('row_1 selected_2');
  });

  it('throws for a name that its module lacks', () => {
    expect(() => cx('rwo')).toThrow('no class .rwo');
  });
});

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.tsx'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  .filter(({ text }) => text.includes('bindClassNames(styles)'));

describe('CSS modules', () => {
  it('are found', () => {
    expect(sources.length).toBeGreaterThan(10);
  });

  it.each(sources)('$path names only classes that its module has', ({ path, text }) => {
    const module = /from '(\.[^']+\.module\.css)'/.exec(text)?.[1] ?? '';
    const css = readFileSync(join(root, dirname(path), module), 'utf8');
    const used = [...text.matchAll(/\bcx\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)]
      .flatMap(([, call = '']) => [...call.replace(/[=!]== '[^']*'/g, '').matchAll(/'([\w-]+)'/g)])
      .map(([, name]) => name);
    const missing = used.filter((name) => !new RegExp(`\\.${name}\\b`).test(css));
    expect(missing).toEqual([]);
  });
});
