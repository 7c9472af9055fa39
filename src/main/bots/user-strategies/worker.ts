import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '#domain/assert.ts';
import { moduleFault, placeOfExport, UnsoundModule } from './fault-place.ts';
import { type Manifest, readManifest } from './manifest.ts';
import {
  CALLBACKS,
  type FromThread,
  type Question,
  type Sources,
  type ThreadBirth,
} from './messages.ts';
import { allowOnly } from './module-loader.ts';
import { boundArrays, hideGlobals, tellMarketTime } from './strategy-globals.ts';
import { StrategyHost, type UserModule } from './strategy-host.ts';
import { placeOfSyntaxError } from './syntax-place.ts';

/** The entry of the thread in which a user's strategy runs: it is imported nowhere else. */
invariant(parentPort, 'worker.ts runs in a worker thread');
const port = parentPort;
const birth = workerData as ThreadBirth;
const tell = (message: FromThread): void => port.postMessage(message);
let sources: Sources = {};

process.on('uncaughtException', (thrown) => fail(thrown));
try {
  await begin();
} catch (thrown) {
  fail(thrown);
}

async function begin(): Promise<void> {
  sources = allowOnly(birth.folder, birth.sources);
  let host: StrategyHost | null = null;
  tellMarketTime(() => host?.time ?? 0);
  hideGlobals();
  boundArrays(birth.memoryMb);
  Atomics.store(birth.callback, 0, CALLBACKS.indexOf('module'));
  const loaded: { readonly default?: unknown } = await import(pathToFileURL(birth.file).href);
  Atomics.store(birth.callback, 0, 0);
  const { module, manifest } = readModule(loaded.default, sources[birth.file] ?? '');
  if (!birth.run) {
    tell({ kind: 'manifest', manifest, sources });
    port.close();
    return;
  }
  host = new StrategyHost({ ...birth, run: birth.run, module });
  Object.defineProperty(Math, 'random', { value: host.random.next });
  Object.defineProperty(globalThis, 'console', { value: { ...host.log, log: host.log.info } });
  const running = host;
  tell({ kind: 'ready' });
  port.on('message', (question: Question) => {
    try {
      tell({ kind: 'answer', ...running.answer(question) });
    } catch (thrown) {
      fail(thrown);
    }
  });
}

function readModule(exported: unknown, source: string): { module: UserModule; manifest: Manifest } {
  const place = (keys: readonly string[]) => placeOfExport(birth.file, source, keys);
  if (typeof exported !== 'object' || exported === null) {
    throw new UnsoundModule('The module has no "export default" with a strategy', place([]));
  }
  const isFunction = (name: string) =>
    typeof (exported as Record<string, unknown>)[name] === 'function';
  const hears = CALLBACKS.filter((name) => name?.startsWith('on') && isFunction(name));
  const manifest = readManifest(exported, hears.map(String));
  if ('wrong' in manifest) throw new UnsoundModule(manifest.wrong, place(manifest.keys));
  return { module: exported as UserModule, manifest };
}

/** The first fault is the last word. */
function fail(thrown: unknown): void {
  const { message, at } = moduleFault(thrown, birth.folder);
  const place = () =>
    thrown instanceof SyntaxError ? placeOfSyntaxError(thrown, sources, birth.folder) : null;
  tell({ kind: 'fault', fault: { message, at: at ?? place() } });
  port.close();
}
