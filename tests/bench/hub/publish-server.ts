import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { type BotRecord, botRecordSchema } from '#contract/bot-records.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { newExternalBot } from '#main/bots/external-bot.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { PLAIN_RUNTIME } from '#tests/fakes/stored-bot.ts';
import { startTestMonitor } from '../../support/test-monitor.ts';

/** The process that is reported to: the hub, or a server that writes each record by itself. */

export interface PublishServerReady {
  readonly port: number;
  readonly token: string;
}

async function startHub(dataDirectory: string): Promise<PublishServerReady> {
  const monitor = await startTestMonitor({ dataDirectory });
  const token = readFileSync(monitor.tokenFile, 'utf8').trim();
  return { port: Number(new URL(monitor.url).port), token };
}

/** What is written by hand first: checked, one transaction a record, told to a room, acknowledged. */
async function startNaive(dataDirectory: string): Promise<PublishServerReady> {
  const opened = openLedger(join(dataDirectory, 'naive.db'), {
    onDamage: ({ reason }) => {
      throw new Error(reason);
    },
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const writer = new NaiveWriter(opened.value);
  const server = createServer();
  const io = new Server(server);
  io.on('connection', (socket) => {
    socket.on('bot:publish', (payload: unknown, acknowledge: (ack: object) => void) => {
      const record = botRecordSchema.parse(payload);
      const isNew = writer.write(record);
      io.to(record.botId).emit(`bot:${record.kind}`, record.data);
      acknowledge({ ok: true, duplicate: !isNew });
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, token: '' };
}

/** The same tables, without the log of channels that recovery needs. */
class NaiveWriter {
  readonly #ledger: Ledger;
  readonly #known = new Set<string>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** False where the record was there already. */
  write(record: BotRecord): boolean {
    return this.#ledger.transaction(() => {
      const now = systemClock.now();
      this.#meet(record.botId, now);
      if (!this.#ledger.botRecords.insert(record.botId, record.id, now)) return false;
      this.#store(record);
      return true;
    });
  }

  #meet(botId: string, now: EpochMs): void {
    if (this.#known.has(botId)) return;
    this.#known.add(botId);
    const { config } = newExternalBot(botId, now);
    this.#ledger.bots.insert({ config, runtime: runtimeOf(botId) });
  }

  #store(record: BotRecord): void {
    const { bots, fills, notifications, orders, positions, botLogs } = this.#ledger;
    const { botId } = record;
    switch (record.kind) {
      case 'trade': {
        const fill = { ...record.data, botId, id: `${botId}:${record.data.id}` };
        fills.insert(fill);
        notifications.insert(notificationOf(fill.id, fill.eventTime));
        break;
      }
      case 'order':
        orders.upsert({ ...record.data, botId, id: `${botId}:${record.data.id}` });
        break;
      case 'position':
        positions.upsert({ ...record.data, botId });
        break;
      case 'log':
        botLogs.append({ ...record.data, botId });
        break;
      case 'status':
        bots.saveRuntime(runtimeOf(botId));
    }
  }
}

const runtimeOf = (botId: string) => ({
  ...{ botId, state: 'running' as const, error: null, cash: '7000' as DecimalString },
  ...{ fillCount: 0, lastFillTime: null, strategyState: null, orderSequence: 0 },
  ...PLAIN_RUNTIME,
});

const notificationOf = (fillId: string, createdTime: EpochMs) => ({
  id: `fill-${fillId}`,
  ...{ kind: 'fill' as const, severity: 'info' as const, title: 'Bought 0.05 BTC at 60000.01' },
  ...{ body: 'bench', source: { fillId }, read: false, createdTime },
});

const [kind = 'hub', directory = ''] = process.argv.slice(2);
process.send?.(await (kind === 'hub' ? startHub(directory) : startNaive(directory)));
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit(0));
