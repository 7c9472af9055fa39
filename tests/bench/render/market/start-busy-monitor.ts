import type { DecimalString } from '#domain/decimal.ts';
import { HubConnection } from '../../../support/hub-connection.ts';
import { BenchProcess } from '../../hub/bench-process.ts';
import type { MonitorCommand, MonitorReading, MonitorReady } from './busy-monitor.ts';

export interface BusyMonitorOptions {
  readonly instrumentCount: number;
  readonly tradesPerSecond: number;
  /** Running bots, beside the one that comes with the first start. */
  readonly botCount: number;
}

/** A monitor in a process of its own, with a market and bots that give it work. */
export interface BusyMonitor extends MonitorReady {
  readonly pid: number;
  /** An address that signs a browser in, once. */
  openUrl(): Promise<string>;
  /** Collects its garbage first. */
  read(): Promise<MonitorReading>;
  stop(): Promise<void>;
}

export async function startBusyMonitor(options: BusyMonitorOptions): Promise<BusyMonitor> {
  const { instrumentCount, tradesPerSecond, botCount } = options;
  const child: BenchProcess<MonitorCommand, MonitorReading> = BenchProcess.start(
    '../render/market/busy-monitor.ts',
    {},
    [String(instrumentCount), String(tradesPerSecond)],
  );
  try {
    const ready = await child.next<MonitorReady>();
    await startBots(ready, botCount);
    return {
      ...ready,
      pid: child.pid ?? 0,
      openUrl: async () => (await child.ask<{ openUrl: string }>({ do: 'openUrl' })).openUrl,
      read: () => child.ask({ do: 'read' }),
      stop: () => child.stop(),
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** Grids on as many instruments, tight enough that each trades now and then. */
async function startBots({ url, token }: MonitorReady, count: number): Promise<void> {
  const hub = await HubConnection.connect(url, token);
  const { instruments } = await hub.request('watchlist.get', {});
  for (const [index, { id, symbol }] of instruments.slice(1, 1 + count).entries()) {
    await hub.request('bots.create', {
      name: `Grid ${index + 1} ${symbol}`,
      ...{ strategy: 'grid', instrumentId: id, initialCash: '100000' as DecimalString },
      params: { levels: 6, spacingBps: 5, quantity: '0.5' },
    });
  }
  hub.close();
}
