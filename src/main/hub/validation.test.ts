import { expect, it } from 'vitest';
import { z } from 'zod';
import { validate } from './validation.ts';

const schema = z.strictObject({ name: z.string().min(1).max(8) });

it('[H6] names the first bad field, and tells no value', () => {
  expect(validate(schema, { name: 'fine' })).toEqual({ ok: true, value: { name: 'fine' } });
  const refused = validate(schema, { name: 'a secret that is too long' });
  expect(refused).toMatchObject({ error: { code: 'invalid_payload' } });
  expect(JSON.stringify(refused)).toContain('\\"name\\"');
  expect(JSON.stringify(refused)).not.toContain('secret');
});

it('[H6] refuses also what makes the library stumble', () => {
  const stumbling = { length: { toString: 'no function', valueOf: 1 } };
  for (const input of [stumbling, { name: stumbling }]) {
    expect(() => validate(z.string().max(3), input)).not.toThrow();
    expect(validate(schema, input)).toMatchObject({ error: { code: 'invalid_payload' } });
  }
  expect(validate(z.string().max(3), stumbling)).toMatchObject({
    error: { code: 'invalid_payload' },
  });
});
