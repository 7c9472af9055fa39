import { expect, it } from 'vitest';
import { keptState } from './user-state.ts';

it('a module’s state is kept as its JSON, and refused where it is none', () => {
  expect(keptState({ seen: [1, 2], at: new Date(0), gone: undefined })).toEqual({
    seen: [1, 2],
    at: '1970-01-01T00:00:00.000Z',
  });
  expect(() => keptState(() => 1)).toThrow('must be plain data');
});

it('a module’s state is refused where each step would carry too much of it', () => {
  expect(keptState('x'.repeat(249_000))).toHaveLength(249_000);
  expect(() => keptState({ seen: Array(200_000).fill(1) })).toThrow(
    'bot.state is too large: 400010 characters of JSON, of 250000 allowed',
  );
});
