import type { HubLimits } from '#contract/hub-limits.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { ExchangeConfigs } from '#main/feeds/ccxt/exchange-config.ts';
import type { Feed } from '#main/feeds/feed.ts';
import type { FeedSpec } from '#main/feeds/feed-spec.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { LogFiles } from '#main/telemetry/log-files.ts';

/** How a monitor is started. The same for the desktop, serve mode and the tests. */
export interface MonitorOptions {
  readonly mode: 'desktop' | 'serve';
  readonly dataDirectory: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Serves an address beyond this machine without TLS. */
  readonly insecureLan: boolean;
  /** By what browsers reach it through a proxy, that one first which is told to open. */
  readonly publicUrls?: readonly string[];
  /** Feed specs (`demo`, `replay:FILE@10`) of this run alone; none: those that the user keeps. */
  readonly feeds: readonly string[];
  /** How exchanges are reached where that differs from what ccxt knows (rule F1). */
  readonly exchangeConfigs?: ExchangeConfigs;
  /** Makes the feeds in place of those that the specs name: for a market of one's own. */
  readonly createFeed?: (spec: FeedSpec) => Feed;
  /** The built user interface; null serves none. */
  readonly staticRoot: string | null;
  /** What is not given is as the hub’s defaults say (rule H4). */
  readonly hubLimits?: Partial<HubLimits>;
  readonly clock: TimerClock;
  readonly log: Log;
  /** Told where logs are kept, once the data directory is ours; none, if not given. */
  readonly keepLog?: (folder: string) => Promise<LogFiles>;
}
