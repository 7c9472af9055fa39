import { z } from 'zod';

/** What the fields of a request's parameters look like in JSON; none where they are no object. */
export function fieldsOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodObject ? inner.shape : {};
}

type JsonType = 'number' | 'boolean' | 'array' | 'string';

/**
 * Reads a query, which is all text, by the types of the request's own schema. What is not of its
 * type stays text, and what the schema does not know stays in: validation names it.
 */
export function queryReader(
  schema: z.ZodType,
): (query: Readonly<Record<string, readonly string[]>>) => Record<string, unknown> {
  const types = new Map(
    Object.entries(fieldsOf(schema)).map(([name, field]) => [name, jsonTypeOf(field)]),
  );
  return (query) =>
    Object.fromEntries(
      Object.entries(query).map(([name, values]) => [name, read(values, types.get(name))]),
    );
}

function jsonTypeOf(field: z.ZodType): JsonType {
  const { type } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
  switch (type) {
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
    case 'array':
      return type;
    default:
      return 'string';
  }
}

const NUMBER = /^-?\d{1,20}(\.\d{1,20})?$/;

function read(values: readonly string[], type: JsonType | undefined): unknown {
  if (type === 'array') return values;
  const [text = '', ...more] = values;
  if (more.length > 0) return values;
  if (type === 'number' && NUMBER.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
