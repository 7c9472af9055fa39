import { Session } from 'node:inspector/promises';
import type { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { placeIn } from './fault-place.ts';

/** A thread that cannot even be paused (it is collecting garbage) is given up on after so long. */
const LOOK_PATIENCE_MS = 1_000;

const attachedSchema = z.object({
  params: z.object({
    sessionId: z.string(),
    workerInfo: z.object({ title: z.string() }),
  }),
});
const messageSchema = z.object({
  params: z.object({ sessionId: z.string(), message: z.string() }),
});
const debuggerSchema = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('Debugger.scriptParsed'),
    params: z.object({ scriptId: z.string(), url: z.string() }),
  }),
  z.object({
    method: z.literal('Debugger.paused'),
    params: z.object({
      callFrames: z.array(
        z.object({ location: z.object({ scriptId: z.string(), lineNumber: z.number() }) }),
      ),
    }),
  }),
]);

export interface ThreadGlimpse {
  /** `name.ts:12`, of the user's folder. */
  readonly place: string | null;
  readonly heapBytes: number;
}

const heapSchema = z.object({ id: z.number(), result: z.object({ usedSize: z.number() }) });

/**
 * Where in the user's folder a thread is right now, though it answers nobody: by pausing it for a
 * moment as a debugger does. Null where that cannot be told.
 */
export async function glimpseOf(
  thread: Worker,
  folder: string,
  patienceMs = LOOK_PATIENCE_MS,
): Promise<ThreadGlimpse | null> {
  const session = new Session();
  session.connect();
  try {
    return await look(session, thread, { folder, patienceMs });
  } catch {
    // Only the place is lost: that it does not answer is told all the same.
    return null;
  } finally {
    session.disconnect();
  }
}

async function look(
  session: Session,
  thread: Worker,
  { folder, patienceMs }: { readonly folder: string; readonly patienceMs: number },
): Promise<ThreadGlimpse | null> {
  const found = Promise.withResolvers<ThreadGlimpse | null>();
  let heapBytes = 0;
  const patience = setTimeout(() => found.resolve(null), patienceMs);
  // The ids of the protocol are its own; the title has the thread's.
  const title = `[worker ${thread.threadId}]`;
  const urlByScript = new Map<string, string>();
  session.on('NodeWorker.attachedToWorker', (event) => {
    const { params } = attachedSchema.parse(event);
    if (!params.workerInfo.title.startsWith(title)) return;
    void tell(session, params.sessionId, PAUSE);
  });
  session.on('NodeWorker.receivedMessageFromWorker', (event) => {
    const { sessionId, message: text } = messageSchema.parse(event).params;
    const message: unknown = JSON.parse(text);
    const heap = heapSchema.safeParse(message);
    if (heap.success) heapBytes = heap.data.result.usedSize;
    const told = debuggerSchema.safeParse(message);
    if (!told.success) return;
    if (told.data.method === 'Debugger.scriptParsed') {
      urlByScript.set(told.data.params.scriptId, told.data.params.url);
      return;
    }
    const stack = told.data.params.callFrames.map(
      ({ location }) => `${urlByScript.get(location.scriptId)}:${location.lineNumber + 1}:1`,
    );
    const glimpse = { place: placeIn(stack.join('\n'), folder), heapBytes };
    // A thread that is left paused stays so, whoever goes away.
    void tell(session, sessionId, GO_ON).then(() => found.resolve(glimpse), found.reject);
  });
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  const glimpse = await found.promise;
  clearTimeout(patience);
  return glimpse;
}

const PAUSE = ['Runtime.getHeapUsage', 'Debugger.enable', 'Debugger.pause'];
const GO_ON = ['Debugger.resume', 'Debugger.disable'];

async function tell(
  session: Session,
  sessionId: string,
  methods: readonly string[],
): Promise<void> {
  for (const [index, method] of methods.entries()) {
    const message = JSON.stringify({ id: index + 1, method });
    await session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
  }
}
