import { afterEach, expect, it, vi } from 'vitest';
import { answer, tell } from './terminal.ts';

afterEach(() => vi.restoreAllMocks());

it('prints names as text: none moves the cursor, clears the screen, or names the window', () => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  answer('Grid \u001b[2J\u001b]0;owned\u0007 \u009b31m 😀 격자\tdone\rgone');
  tell('It stopped:\n  at \u001b[1mline 3\u007f');
  expect(out).toHaveBeenCalledWith(
    'Grid \\u001b[2J\\u001b]0;owned\\u0007 \\u009b31m 😀 격자\tdone\\u000dgone\n',
  );
  expect(err).toHaveBeenCalledWith('It stopped:\n  at \\u001b[1mline 3\\u007f\n');
});

it('leaves a line of JSON what it says', () => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const value = { name: 'a\u009bb\u001b\u007f\\u0007"\n' };
  answer(JSON.stringify(value));
  const line = String(out.mock.calls[0]?.[0]);
  expect(JSON.parse(line)).toEqual(value);
  expect(line).not.toContain('\u009b');
});
