import { z } from 'zod';
import { isDecimalString } from '#domain/decimal.ts';
import type { Manifest, UserParameter } from './manifest.ts';

/** The schema of a module's parameters, as those of the built-in strategies have one. */
export const schemaOf = (parameters: Manifest['parameters']): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [name, fieldOf(parameter)]),
    ),
  );

function fieldOf(parameter: UserParameter): z.ZodType {
  const { title, description, unit } = parameter;
  const said = { title, description, unit };
  switch (parameter.type) {
    case 'number':
      return bounded(z.number(), parameter).default(parameter.default).meta(said);
    case 'integer':
      return bounded(z.int(), parameter).default(parameter.default).meta(said);
    case 'decimal':
      return z
        .string()
        .refine(isDecimalText, 'not a decimal')
        .default(parameter.default)
        .meta(said);
    case 'boolean':
      return z.boolean().default(parameter.default).meta(said);
    case 'choice':
      return z.enum(parameter.options).default(parameter.default).meta(said);
  }
}

/** Leaves the type as it is: a default is not a decimal to the compiler. */
const isDecimalText = (text: string): boolean => isDecimalString(text);

function bounded(
  schema: z.ZodNumber,
  {
    minimum,
    maximum,
  }: { readonly minimum?: number | undefined; readonly maximum?: number | undefined },
): z.ZodNumber {
  const above = minimum === undefined ? schema : schema.min(minimum);
  return maximum === undefined ? above : above.max(maximum);
}
