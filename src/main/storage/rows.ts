import { z } from 'zod';
import { invariant } from '#domain/assert.ts';

/** A stored row that does not read back as what it should be: reported, left alone, skipped. */
export interface RowDamage {
  readonly table: string;
  readonly reason: string;
}
export type DamageListener = (damage: RowDamage) => void;

export interface RowReader<T> {
  readonly table: string;
  readonly schema: z.ZodType<T>;
  readonly onDamage: DamageListener;
}

export function readRow<T>(reader: RowReader<T>, row: unknown): T | null {
  const parsed = reader.schema.safeParse(row);
  if (parsed.success) return parsed.data;
  reader.onDamage({ table: reader.table, reason: firstIssue(parsed.error) });
  return null;
}

export const readRows = <T>(reader: RowReader<T>, rows: readonly unknown[]): T[] =>
  rows.map((row) => readRow(reader, row)).filter((item) => item !== null);

/** What could not be read back must not be written: a bug of the caller, caught before it is stored. */
export function assertStorable(schema: z.ZodType, value: unknown, what: string): void {
  const parsed = schema.safeParse(value);
  invariant(parsed.success, `${what} is storable: ${parsed.error ? firstIssue(parsed.error) : ''}`);
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'row'}: ${issue.message}` : error.message;
}

/** A truth value as a row holds it. */
export const storedFlag = z.number().transform((value) => value === 1);

/** Text that should be JSON, or undefined where it is not. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
