import { HubClient } from '#renderer/client/hub-client.ts';
import { FrameBatcher } from '#renderer/stores/frame-batcher.ts';
import { FakeHubTransport, subscribeReply } from './fake-hub-transport.ts';

export const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Stores on a scripted hub, which is not connected yet; frames come when the test says so. */
export function storesOnHub<Stores>(
  stores: Stores,
  requests: Record<string, (params: unknown) => unknown> = {},
) {
  const transport = new FakeHubTransport();
  const client = new HubClient({ transport });
  const frames = new FrameBatcher({
    request: () => () => undefined,
    onVisibilityChange: () => undefined,
  });
  transport.answer('subscribe', ({ channel }) => subscribeReply(channel));
  transport.answerRequests(requests);
  client.start();
  const frame = async () => {
    await settled();
    frames.flush();
  };
  return { transport, client, stores, frames, frame, context: { client, stores, frames } };
}
