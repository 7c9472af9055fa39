import { readFileSync } from 'node:fs';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { PROTOCOL_VERSION } from '#contract/protocol.ts';
import type { RequestMethod, RequestParams, RequestResult } from '#contract/requests.ts';
import { type Hub, startHub } from '#main/hub/hub.ts';
import type { ProcessMeter } from '#main/telemetry/process-meter.ts';
import { OWNER, type Rooms, resolveInstrument } from './compose.ts';
import type { MonitorOptions } from './monitor-options.ts';
import type { Storage } from './open-storage.ts';
import { createRequestHandler } from './requests.ts';
import { version } from './version.ts';

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
  const { broker, bots, feeds } = rooms;
  const tls = readTls(options.tls);
  if (!tls.ok) return tls;
  const health = () => readHealth(surroundings);
  const requests = createRequestHandler({
    ...rooms,
    ...surroundings.storage,
    health,
    now: () => clock.now(),
    info: {
      version,
      protocol: PROTOCOL_VERSION,
      mode: options.mode,
      userId: OWNER,
      startedTime: clock.now(),
    },
  });
  return startHub({
    ...{ host, port, insecureLan, staticRoot },
    ...(tls.value && { tls: tls.value }),
    owner: { userId: OWNER, token },
    dependencies: {
      ...{ broker, clock, log, health },
      // The hub has validated the params by this very method's schema.
      handleRequest: (method, params) => requests(method, params as RequestParams<RequestMethod>),
      resolveInstrument: (text) => resolveInstrument(feeds, text),
      isKnownBot: (botId, userId) => userId === OWNER && bots.has(botId),
      botIds: (userId) => (userId === OWNER ? bots.ids() : []),
      onBotCreated: (listener) => bots.onCreated(listener),
    },
  });
}

function readHealth({ storage, rooms, process }: HubSurroundings): RequestResult<'health.get'> {
  const isOk = storage.ledger.isOk();
  return {
    status: isOk ? 'ok' : 'degraded',
    database: isOk ? 'ok' : 'failed',
    feeds: rooms.feeds.statuses(),
    eventLoopDelayP99: process.last.eventLoopDelayP99,
  };
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
