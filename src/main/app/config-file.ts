import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';

/** A file of JSON that a user may write; undefined where there is none, else it is right or an error. */
export async function readConfigFile<T>(
  file: string,
  schema: z.ZodType<T>,
): Promise<Result<T | undefined>> {
  if (!existsSync(file)) return succeed(undefined);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it is no JSON';
    return fail('bad_request', `${file} cannot be read: ${reason}. Correct it, or move it away.`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  const why = issue?.message ?? 'it is not understood';
  return fail(
    'bad_request',
    `${file} is wrong at "${where}": ${why}. Correct it, or move it away.`,
  );
}
