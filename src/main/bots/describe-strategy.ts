import { z } from 'zod';
import type { StrategyDescription } from '#contract/requests.ts';
import type { StrategyDefinition } from './strategy.ts';

const shared = { title: z.string(), description: z.string(), unit: z.string() };
const bounds = { minimum: z.number().optional(), maximum: z.number().optional() };

const jsonParameterSchema = z.union([
  z.object({ ...shared, type: z.literal('boolean'), default: z.boolean() }),
  z.object({
    ...shared,
    type: z.literal('string'),
    enum: z.array(z.string()),
    default: z.string(),
  }),
  z.object({ ...shared, type: z.literal('string'), default: z.string() }),
  z.object({ ...shared, ...bounds, type: z.enum(['number', 'integer']), default: z.number() }),
]);
type JsonParameter = z.output<typeof jsonParameterSchema>;
type Parameter = StrategyDescription['parameters'][number];

/** What a form needs to know, read off the strategy's own schema. */
export function describeStrategy(
  definition: Pick<
    StrategyDefinition,
    'id' | 'name' | 'description' | 'parameters' | 'safeParameters'
  >,
): StrategyDescription {
  const schema = z.toJSONSchema(definition.parameters, { unrepresentable: 'any' });
  const parameters = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const json = jsonParameterSchema.parse(property);
    return {
      name,
      label: json.title,
      description: json.description,
      kind: kindOf(json),
      unit: json.unit,
      default: json.default,
      minimum: 'minimum' in json ? (json.minimum ?? null) : null,
      maximum: 'maximum' in json ? (json.maximum ?? null) : null,
      options: 'enum' in json ? json.enum : null,
      whileRunning: definition.safeParameters?.[name] ?? null,
    };
  });
  const { id, name, description } = definition;
  return { id, name, description, parameters };
}

function kindOf(json: JsonParameter): Parameter['kind'] {
  if (json.type !== 'string') return json.type;
  return 'enum' in json ? 'choice' : 'decimal';
}
