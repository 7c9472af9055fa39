import type { HubLimits } from '#contract/hub-limits.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** A page that comes back renews all its subscriptions and reads its lists at once: six for each of 300 bots. */
const RETURN_BURST = { count: 2_048, periodMs: 30 * SECOND_MS };

export const DEFAULT_HUB_LIMITS: HubLimits = {
  connectionsPerUser: 3,
  connections: 10_000,
  messageBytes: 10 * 1_024,
  subscriptionsPerConnection: 256,
  authenticationTimeoutMs: 10 * SECOND_MS,
  pingIntervalMs: 25 * SECOND_MS,
  pingTimeoutMs: 35 * SECOND_MS,
  eventRate: { count: 20, periodMs: SECOND_MS },
  eventRates: {
    subscribe: { count: 20, periodMs: SECOND_MS, burst: RETURN_BURST },
    // 64 channels each.
    'subscribe:many': {
      count: 1,
      periodMs: SECOND_MS,
      burst: { count: 128, periodMs: 30 * SECOND_MS },
    },
    unsubscribe: { count: 20, periodMs: SECOND_MS, burst: RETURN_BURST },
    'desk:send': { count: 10, periodMs: MINUTE_MS },
    // Of a bot that catches up after an absence; what it sends is written in groups.
    'bot:publish': { count: 5_000, periodMs: SECOND_MS },
    request: { count: 20, periodMs: SECOND_MS, burst: RETURN_BURST },
  },
  refusalRate: { count: 200, periodMs: 10 * SECOND_MS },
};
