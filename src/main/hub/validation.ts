import type { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';

const MAX_MESSAGE_LENGTH = 300;

/** Checks what came from outside; the failure names the first bad field and tells no value. */
export function validate<T>(schema: z.ZodType<T>, input: unknown): Result<T> {
  const parsed = parse(schema, input);
  if (!parsed) return fail('invalid_payload', 'Bad payload: not as expected');
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  const field = issue && issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'payload';
  const message = `Bad ${field}: ${issue?.message ?? 'not as expected'}`;
  return fail('invalid_payload', message.slice(0, MAX_MESSAGE_LENGTH));
}

function parse<T>(schema: z.ZodType<T>, input: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(input);
  } catch (error) {
    // An object in place of a text, with a `length` that cannot be compared, makes zod throw.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
