import type { z } from 'zod';
import { type RequestParams, type Settings, settingsSchema } from '#contract/requests.ts';
import type { Ledger } from '#main/storage/ledger.ts';

const DEFAULTS: Settings = {
  allowAnonymous: false,
  metricsNeedToken: false,
  tapeMaxAgeDays: null,
  tapeMaxBytes: null,
  riskLimits: {},
};
const NAMES = Object.keys(DEFAULTS) as (keyof Settings)[];

export function readSettings(stored: Pick<Ledger['settings'], 'get'>): Settings {
  const read = (name: keyof Settings) => {
    const schema: z.ZodType<Settings[keyof Settings]> = settingsSchema.shape[name];
    return [name, stored.get(name, schema) ?? DEFAULTS[name]];
  };
  return Object.fromEntries(NAMES.map(read)) as Settings;
}

export function changeSettings(
  stored: Ledger['settings'],
  changes: RequestParams<'settings.set'>,
): Settings {
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) stored.set(name, value);
  }
  return readSettings(stored);
}
