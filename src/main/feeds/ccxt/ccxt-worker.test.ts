import { expect, it } from 'vitest';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { CcxtWorker } from './ccxt-worker.ts';

const NATIVE = /\.node$/;

/** What is native, and loaded into this process by any thread of it. */
function nativeModules(): string[] {
  const report = process.report.getReport() as { sharedObjects: string[] };
  return report.sharedObjects.filter((path) => NATIVE.test(path));
}

// Node aborts when it is ended within the loading of such a module: the window and all bots with it.
it('a thread for exchanges loads nothing native, so that it can be ended at any moment', async () => {
  const before = nativeModules();
  const worker = new CcxtWorker({
    ...{ clock: systemClock, configs: {} },
    onTrouble: (reason) => expect.fail(reason),
  });
  expect(await worker.exchanges()).toMatchObject({ ok: true });
  expect(nativeModules()).toEqual(before);
  await worker.dispose();
});
