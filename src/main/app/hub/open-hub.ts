import { readFileSync } from 'node:fs';
import { deckOfBot } from '#contract/decks.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import type { RequestMethod, RequestParams } from '#contract/requests.ts';
import { reachesBot } from '#contract/scopes.ts';
import { isInstrumentId } from '#domain/instrument.ts';
import { type Hub, startHub } from '#main/hub/hub.ts';
import { DEFAULT_HUB_LIMITS } from '#main/hub/limits/hub-limits.ts';
import { TokenAuthority } from '#main/hub/tokens/token-authority.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import { HubMeter } from '#main/telemetry/hub-meter.ts';
import type { ProcessMeter } from '#main/telemetry/process-meter.ts';
import { type HubGauges, PrometheusMetrics } from '#main/telemetry/prometheus.ts';
import { OWNER, type Rooms } from '../compose.ts';
import type { MonitorOptions } from '../monitor-options.ts';
import type { Storage } from '../open-storage.ts';
import { routeToDecks } from '../requests/replay-router.ts';
import { createRequestHandler } from '../requests/requests.ts';
import { readSettings } from '../settings.ts';
import { version } from '../version.ts';
import { assessHealth, type HealthReading, healthReport } from './health.ts';
import { KeptHubLimits } from './kept-hub-limits.ts';
import { refusingUnwritable } from './unwritable.ts';

export interface HubSurroundings {
  readonly options: MonitorOptions;
  readonly storage: Storage;
  readonly rooms: Rooms;
  readonly process: ProcessMeter;
  readonly token: string;
}

/** Opens the hub over the rooms. What prevents it comes back as one sentence. */
export async function openHub(surroundings: HubSurroundings): Promise<Result<Hub>> {
  const { options, rooms, token } = surroundings;
  const { clock, log, host, port, insecureLan, staticRoot } = options;
  const { broker, bots, watchlist, desk, replay } = rooms;
  const tls = readTls(options.tls);
  if (!tls.ok) return tls;
  const meter = new HubMeter();
  const metrics = new PrometheusMetrics(
    { hub: meter, feedIntakeSeconds: rooms.intakeSeconds },
    () => readGauges(broker),
  );
  const { ledger } = surroundings.storage;
  const tokens = new TokenAuthority({
    ...{ ownerToken: token, ownerId: OWNER, clock },
    store: {
      ...ledger.tokens,
      // Nobody is kept out since it cannot be noted that he came in.
      markUsed: (id, time) => {
        try {
          ledger.tokens.markUsed(id, time);
        } catch (err) {
          log.error({ err }, 'the use of a token cannot be noted');
        }
      },
    },
  });
  let hub: Hub | undefined;
  const live = createRequestHandler({
    ...rooms,
    ...surroundings.storage,
    health: () => healthReport(readHealth(surroundings)),
    hubLimits: new KeptHubLimits(surroundings.storage.directory.path, {
      ...DEFAULT_HUB_LIMITS,
      ...options.hubLimits,
    }),
    onAnonymousBarred: () => hub?.closeAnonymous(),
    clients: (query) => hub?.clients(query) ?? { items: [], total: 0, next: null },
    logFolder: surroundings.storage.directory.logFolder,
    tokens,
    ownerId: OWNER,
    now: () => clock.now(),
    info: {
      version,
      protocol: PROTOCOL_VERSION,
      mode: options.mode,
      startedTime: clock.now(),
    },
  });
  const requests = routeToDecks(live, replay);
  const { ledgerPath } = surroundings.storage.directory;
  const opened = await startHub({
    ...{ host, port, insecureLan, staticRoot },
    ...(tls.value && { tls: tls.value }),
    ...(options.publicUrls && { publicUrls: options.publicUrls }),
    ...(options.hubLimits && { limits: options.hubLimits }),
    owner: { userId: OWNER, token },
    tokens,
    allowAnonymous: () => readSettings(ledger.settings).allowAnonymous,
    meter,
    metrics: {
      text: () => metrics.text(),
      needsToken: () => readSettings(ledger.settings).metricsNeedToken,
    },
    dependencies: {
      ...{ broker, clock, log, ownerId: OWNER },
      desk: {
        enter: (room, userId) => desk.enter(room, userId),
        presence: (room) => desk.presence(room),
        send: (line) => refusingUnwritable(ledgerPath, () => desk.send(line)),
      },
      health: () => assessHealth(readHealth(surroundings)),
      // Nobody reports in the name of a replay's bot.
      publishRecord: async (record, caller, line) =>
        deckOfBot(record.botId) === undefined
          ? bots.publish(record, caller, line)
          : fail('access_denied', 'Access denied'),
      // The hub has validated the params by this very method's schema.
      handleRequest: (method, params, caller) =>
        refusingUnwritable(ledgerPath, () =>
          requests(method, params as RequestParams<RequestMethod>, caller),
        ),
      resolveInstrument: (text) =>
        isInstrumentId(text) && replay.ofInstrument(text) ? text : watchlist.resolve(text),
      isKnownBot: (botId, user) =>
        (bots.has(botId) || replay.ofBot(botId) !== undefined) && reachesBot(user, botId),
      isKnownDeck: (deckId) => replay.decks.view(deckId).ok,
      botIds: (user) => bots.ids().filter((botId) => reachesBot(user, botId)),
      onBotCreated: (listener) => bots.onCreated(listener),
    },
  });
  if (opened.ok) hub = opened.value;
  return opened;
}

const isDatabaseOk = (ledger: Ledger, { failure }: Rooms['recorder']): boolean =>
  ledger.isOk() && ledger.failure() === null && failure === null;

const readHealth = ({ storage, rooms, process }: HubSurroundings): HealthReading => ({
  isDatabaseOk: isDatabaseOk(storage.ledger, rooms.recorder),
  feeds: rooms.feeds.statuses(),
  delayP99: process.last.eventLoopDelayP99,
});

function readGauges(broker: Rooms['broker']): HubGauges {
  const { subscribedChannels, subscriptions, flushWindowMs } = broker.stats();
  return { rooms: subscribedChannels, subscriptions, conflationWindowMs: flushWindowMs };
}

function readTls(files: MonitorOptions['tls']): Result<{ cert: Buffer; key: Buffer } | undefined> {
  if (!files) return succeed(undefined);
  try {
    return succeed({ cert: readFileSync(files.certFile), key: readFileSync(files.keyFile) });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('unavailable', `The TLS files cannot be read: ${why}`);
  }
}
