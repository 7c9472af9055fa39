import { BenchProcess } from '../../hub/bench-process.ts';
import type { MonitorReady } from '../market/busy-monitor.ts';

export interface TradeByTradeServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** In a process of its own, before the hub of a monitor. */
export async function startTradeByTradeServer({
  url: hubUrl,
  token,
}: MonitorReady): Promise<TradeByTradeServer> {
  const script = '../render/naive/trade-by-trade-server.ts';
  const child = BenchProcess.start<never, never>(script, {}, [hubUrl, token]);
  const { url } = await child.next<{ url: string }>();
  return { url, stop: () => child.stop() };
}
