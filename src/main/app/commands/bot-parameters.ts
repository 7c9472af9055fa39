import { fail, type Result, succeed } from '#contract/errors.ts';
import type { StrategyDescription } from '#contract/requests.ts';

type Parameter = StrategyDescription['parameters'][number];

const PARAMETER = /^([A-Za-z]\w*)=(.*)$/;

/** `levels=5` as the strategy's own description has it. Whether it is in range is for the hub to say. */
export function readParameters(
  texts: readonly string[],
  { id, parameters }: StrategyDescription,
): Result<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const text of texts) {
    const [, name, value = ''] = PARAMETER.exec(text) ?? [];
    if (name === undefined) return fail('invalid_payload', `"${text}" is not like levels=5.`);
    const parameter = parameters.find((one) => one.name === name);
    if (!parameter) {
      const known = parameters.map((one) => one.name).join(', ') || 'none';
      return fail('invalid_payload', `${id} has no parameter ${name}. It has: ${known}.`);
    }
    const given = parameterOf(value, parameter);
    if (given === undefined) {
      return fail('invalid_payload', `${name}: "${value}" is not ${rangeOf(parameter)}.`);
    }
    read[name] = given;
  }
  return succeed(read);
}

/** Undefined where the text is no such value. */
function parameterOf(text: string, { kind, options }: Parameter): unknown {
  switch (kind) {
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'choice':
      return options?.includes(text) ? text : undefined;
    case 'decimal':
      return text === '' ? undefined : text;
    case 'integer':
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  }
}

/** A strategy with what it can be told, as a person reads it. */
export function strategyLines({
  id,
  name,
  description,
  parameters,
}: StrategyDescription): readonly string[] {
  return [
    `${id}: ${name}`,
    `  ${description}`,
    ...parameters.map((parameter) => {
      const { unit, whileRunning } = parameter;
      const facts = [
        `${rangeOf(parameter)}${unit === '' ? '' : ` ${unit}`}`,
        `${parameter.default} if not given`,
        ...(whileRunning === null ? [] : [`can change while it runs, ${whileRunning}`]),
      ];
      return `  --set ${parameter.name}=…  ${parameter.description} (${facts.join('; ')})`;
    }),
  ];
}

function rangeOf({ kind, minimum, maximum, options }: Parameter): string {
  if (kind === 'choice') return `one of ${(options ?? []).join(', ')}`;
  if (kind === 'boolean') return 'true or false';
  const what = kind === 'integer' ? 'a whole number' : 'a number';
  if (minimum !== null && maximum !== null) return `${what} from ${minimum} to ${maximum}`;
  if (minimum !== null) return `${what} from ${minimum}`;
  return maximum === null ? what : `${what} up to ${maximum}`;
}
