import { join } from 'node:path';
import type { Ack } from '#contract/client-events.ts';
import { type Result, succeed } from '#contract/errors.ts';
import { ownerCaller } from '#contract/scopes.ts';
import type { Notification } from '#domain/notification.ts';
import { type WindowPort, windowSink } from '#main/hub/delivery/window-sink.ts';
import { loadOwnerToken } from '#main/hub/tokens/owner-token.ts';
import { ProcessMeter } from '#main/telemetry/process-meter.ts';
import { threadTally } from '#main/telemetry/thread-tally.ts';
import { createDemoBotOnce } from './bots/demo-bot.ts';
import { openStrategyShelf } from './bots/strategy-shelf.ts';
import { composeRooms, OWNER, type Rooms } from './compose.ts';
import { readConfigFiles } from './config-files.ts';
import { startFeeds } from './feeds/kept-feeds.ts';
import { reportMetrics } from './hub/metrics-reporter.ts';
import { openHub } from './hub/open-hub.ts';
import { Lifecycle } from './lifecycle.ts';
import type { MonitorOptions } from './monitor-options.ts';
import { keepLogsShort, openStorage, type Storage } from './open-storage.ts';
import { version } from './version.ts';

/** A running monitor: what a shell, desktop or serve, holds. */
export interface Monitor {
  readonly url: string;
  readonly tokenFile: string;
  /** An address that signs a browser in, once. */
  openUrl(): string;
  /** A session of the owner's that needs no socket: a desktop window's. */
  openSession(port: WindowPort): {
    handle(event: string, payload: unknown): Promise<Ack<unknown>>;
    close(): void;
  };
  /** Every notification, once. The returned function stops it. */
  onNotification(listener: (notification: Notification) => void): () => void;
  /** After sleep or a change of network: feeds connect again at once. */
  resume(): void;
  /** Flushes everything to disk and stops. */
  close(): Promise<void>;
}

/** Starts everything but the shell. What prevents it comes back as one sentence. */
export async function startMonitor(options: MonitorOptions): Promise<Result<Monitor>> {
  const lifecycle = new Lifecycle(options.log);
  const started = await start(options, lifecycle);
  if (!started.ok) await lifecycle.close();
  return started;
}

async function start(given: MonitorOptions, lifecycle: Lifecycle): Promise<Result<Monitor>> {
  const { clock, log } = given;
  const opened = await openStorage(given, lifecycle);
  if (!opened.ok) return opened;
  const storage = opened.value;
  keepLogsShort(storage, given, lifecycle);
  const files = await readConfigFiles(storage.directory.path);
  if (!files.ok) return files;
  // What this run was given goes before what lies in the directory.
  const options = { ...files.value, ...given };
  const tokenFile = join(storage.directory.path, 'owner.token');
  const token = await loadOwnerToken(tokenFile);
  if (!token.ok) return token;
  const process = new ProcessMeter();
  lifecycle.onClose('process meter', () => process.dispose());
  const shelf = await openStrategyShelf(storage.directory.path, { clock, log, isOwner: true });
  lifecycle.onClose('strategies', () => shelf.close());
  const rooms = composeRooms(options, { ...storage, shelf }, lifecycle);
  log.info({ mode: options.mode, version, pid: globalThis.process.pid }, 'Tapedeck starts');
  const hub = await openHub({ options, storage, rooms, process, token: token.value });
  if (!hub.ok) return hub;
  lifecycle.onClose('hub', () => hub.value.close());
  const { publish } = rooms.publications;
  reportMetrics(
    { ...rooms, ...storage, clock, process, hub: hub.value, threads: threadTally, publish },
    lifecycle,
  );
  const fed = await startMarket(options, rooms, storage);
  if (!fed.ok) return fed;
  return succeed({
    url: hub.value.url,
    tokenFile,
    openUrl: () => hub.value.openUrl(),
    openSession: (port) => hub.value.openSession(ownerCaller(OWNER), windowSink(port)),
    onNotification: (listener) =>
      rooms.publications.listen('notification', ({ notification }) => listener(notification)),
    resume: () => rooms.feeds.resume(),
    close: () => {
      log.info({}, 'Tapedeck stops');
      return lifecycle.close();
    },
  });
}

/** The first bot comes with the demo exchange, which is what a user gets who asked for nothing. */
async function startMarket(
  { clock, feeds: asked }: MonitorOptions,
  { feeds, bots }: Rooms,
  { ledger }: Storage,
): Promise<Result<void>> {
  const started = await startFeeds({ feeds, stored: ledger.feeds, clock }, asked);
  if (!started.ok) return started;
  if (started.value.includes('demo')) createDemoBotOnce(bots, ledger.settings);
  return succeed(undefined);
}
