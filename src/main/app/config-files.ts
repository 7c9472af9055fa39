import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Result, succeed } from '#contract/errors.ts';
import type { HubLimits } from '#contract/hub-limits.ts';
import { type ExchangeConfigs, readExchangeConfigs } from '#main/feeds/ccxt/exchange-config.ts';
import { limitsWith } from '#main/hub/limits/changed-limits.ts';
import { readHubLimits } from './hub/kept-hub-limits.ts';

export interface ConfigFiles {
  readonly exchangeConfigs: ExchangeConfigs;
  readonly hubLimits: HubLimits;
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
  const limits = await readHubLimits(directory);
  if (!limits.ok) return limits;
  return succeed({ exchangeConfigs: exchanges.value, hubLimits: limitsWith(limits.value) });
}
