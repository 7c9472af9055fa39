import type { HubLimitChanges, HubLimitsView } from '#contract/hub-limits.ts';
import type { Settings } from '#contract/requests.ts';
import { type HubKeeper, type KeptOnHub, useKeptOnHub } from './use-kept-on-hub.ts';

export type HubSettings = KeptOnHub<Settings, Partial<Settings>>;
/** Changed as a whole: a limit that is left out is as by default. */
export type HubLimitSettings = KeptOnHub<HubLimitsView, HubLimitChanges>;

const SETTINGS: HubKeeper<Settings, Partial<Settings>> = {
  read: (client) => client.request('settings.get'),
  write: (client, changes) => client.request('settings.set', changes),
};
const LIMITS: HubKeeper<HubLimitsView, HubLimitChanges> = {
  read: (client) => client.request('hub.getLimits'),
  write: (client, changes) => client.request('hub.setLimits', changes),
};

export const useHubSettings = (): HubSettings => useKeptOnHub(SETTINGS);
export const useHubLimits = (): HubLimitSettings => useKeptOnHub(LIMITS);
