import type { Result } from '#contract/errors.ts';
import type { Stores } from '../stores/stores.ts';

/** Of what a command did: there is no button beside which it could stand. */
export async function sayRefusal(
  { notices }: Pick<Stores, 'notices'>,
  work: Promise<Result<unknown>>,
): Promise<void> {
  const reply = await work;
  if (reply.ok) return;
  const { message } = reply.error;
  notices.say({ text: () => message });
}
