import { expect, it } from 'vitest';
import { TradeMemory } from './trade-memory.ts';

it('knows the last ids, and forgets the oldest first', () => {
  const memory = new TradeMemory();
  expect(memory.add('0')).toBe(true);
  expect(memory.add('0')).toBe(false);
  for (let id = 1; id < 4_096; id++) expect(memory.add(String(id))).toBe(true);
  expect(memory.add('0')).toBe(false);
  expect(memory.add('4096')).toBe(true);
  expect(memory.add('1')).toBe(false);
  expect(memory.add('0')).toBe(true);
});
