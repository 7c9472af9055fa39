import type { HubLimitChanges, HubLimitsView } from '#contract/hub-limits.ts';
import type { Settings } from '#contract/requests.ts';
import { type HubKeeper, type KeptOnHub, useKeptOnHub } from './use-kept-on-hub.ts';

export type HubSettings = KeptOnHub<Settings, Partial<Settings>>;
/** From the limits that are kept to those that are to be: one that is left out is as by default. */
export type LimitEdit = (kept: HubLimitChanges) => HubLimitChanges;
export type HubLimitSettings = KeptOnHub<HubLimitsView, LimitEdit>;

const SETTINGS: HubKeeper<Settings, Partial<Settings>> = {
  read: (client) => client.request('settings.get'),
  write: (client, changes) => client.request('settings.set', changes),
};
const LIMITS: HubKeeper<HubLimitsView, LimitEdit> = {
  read: (client) => client.request('hub.getLimits'),
  // The hub takes all of them at once, of which another window may have changed some since.
  write: async (client, edit) => {
    const reply = await client.request('hub.getLimits');
    return reply.ok ? client.request('hub.setLimits', edit(reply.value.kept)) : reply;
  },
};

export const useHubSettings = (): HubSettings => useKeptOnHub(SETTINGS);
export const useHubLimits = (): HubLimitSettings => useKeptOnHub(LIMITS);
