import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type ExchangeConfigs, readExchangeConfigs } from '#main/feeds/ccxt/exchange-config.ts';
import { configuredLimitsSchema } from '#main/hub/limits/configured-limits.ts';
import type { HubLimits } from '#main/hub/limits/hub-limits.ts';

export interface ConfigFiles {
  readonly exchangeConfigs: ExchangeConfigs;
  readonly hubLimits: Partial<HubLimits>;
}

/**
 * What a user may put into the data directory beside what Tapedeck keeps there, read at the start:
 * `exchanges.json`, how exchanges are reached, and `hub-limits.json`, what one client may cost the
 * others (rule H4). A file that is wrong prevents the start: what it should have said would not hold.
 */
export async function readConfigFiles(directory: string): Promise<Result<ConfigFiles>> {
  const exchangesFile = join(directory, 'exchanges.json');
  const exchanges = existsSync(exchangesFile)
    ? await readExchangeConfigs(exchangesFile)
    : succeed({});
  if (!exchanges.ok) return exchanges;
  const limits = await readJson(join(directory, 'hub-limits.json'), configuredLimitsSchema);
  if (!limits.ok) return limits;
  return succeed({ exchangeConfigs: exchanges.value, hubLimits: limits.value ?? {} });
}

/** Undefined where there is no such file. */
async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<Result<T | undefined>> {
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
