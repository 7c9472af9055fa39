import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.ts';

/**
 * `npm run bench -- hub [--scenario NAME] [--seconds N] [--rounds N] [--disconnects N]`. A round takes
 * 10 s, and 60 s of `slow-reader`, unless said otherwise.
 */
export async function benchHub(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scenario: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      disconnects: { type: 'string', default: '1000' },
    },
  });
  const names = values.scenario ?? Object.keys(SCENARIOS);
  const options = {
    ...(values.seconds !== undefined && { seconds: Number(values.seconds) }),
    rounds: Number(values.rounds),
    disconnects: Number(values.disconnects),
  };
  const results: Record<string, object> = {};
  for (const name of names) {
    const scenario = SCENARIOS[name];
    if (!scenario) throw new Error(`no scenario "${name}": ${Object.keys(SCENARIOS).join(', ')}`);
    results[name] = await scenario(options);
  }
  return { at: new Date().toISOString(), node: process.version, ...options, results };
}
