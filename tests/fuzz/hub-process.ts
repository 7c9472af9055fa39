import { startTestMonitor } from '../support/test-monitor.ts';

/** A monitor in a process of its own, which tells what it holds in memory after collecting it. */
const [dataDirectory = '', mode = 'default'] = process.argv.slice(2);
const UNLIMITED = { count: 1_000_000, periodMs: 1_000 };
const monitor = await startTestMonitor({
  dataDirectory,
  // Else most inputs would end at the rate limits, and never reach what is behind them.
  ...(mode === 'unlimited' && {
    hubLimits: { eventRate: UNLIMITED, eventRates: {}, refusalRate: UNLIMITED },
  }),
});

function heldBytes(): number {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

process.on('message', (question) => {
  if (question === 'memory') process.send?.(heldBytes());
  if (question === 'stop') void monitor.close().then(() => process.exit(0));
});
process.send?.({ url: monitor.url, tokenFile: monitor.tokenFile });
