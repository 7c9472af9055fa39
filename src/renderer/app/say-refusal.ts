import type { Result } from '#contract/errors.ts';
import type { Stores } from '../stores/stores.ts';

/** Of what a command did, or a button that has no room for a sentence beside it. */
export async function sayRefusal<T>(
  { notices }: Pick<Stores, 'notices'>,
  work: Promise<Result<T>>,
): Promise<Result<T>> {
  const reply = await work;
  if (reply.ok) return reply;
  const { message } = reply.error;
  notices.say({ text: () => message });
  return reply;
}
