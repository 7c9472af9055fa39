import type { HubLimitChanges, HubLimits } from '#contract/hub-limits.ts';
import { DEFAULT_HUB_LIMITS } from './hub-limits.ts';

/** The limits that follow from what was changed. An event that is not named keeps its own rate. */
export const limitsWith = ({ eventRates, ...changes }: HubLimitChanges): HubLimits => ({
  ...DEFAULT_HUB_LIMITS,
  ...changes,
  eventRates: { ...DEFAULT_HUB_LIMITS.eventRates, ...eventRates },
});
