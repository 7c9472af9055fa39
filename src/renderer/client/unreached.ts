import type { ClientEvent, ClientPayload } from '#contract/client-events.ts';
import { fail } from '#contract/errors.ts';

/** The last word of requests that change nothing: they can be asked for again without a thought. */
const READING =
  /^(get|list|info|search|equity|logs|why|days|jobs|timeline|page|marks|snapshot|deliveries|clients|channels|get[A-Z]\w*|list[A-Z]\w*)$/;

const isReading = (method: string): boolean => READING.test(method.split('.')[1] ?? '');

/** Whoever asks for it must know whether it was done. */
function changesSomething<E extends ClientEvent>(event: E, payload: ClientPayload<E>): boolean {
  if (event === 'desk:send') return true;
  return event === 'request' && !isReading((payload as ClientPayload<'request'>).method);
}

/** Of what never left the page. */
export const notSent = <E extends ClientEvent>(event: E, payload: ClientPayload<E>) =>
  fail(
    'unavailable',
    changesSomething(event, payload)
      ? 'No connection to the hub: nothing was sent. Try again when it is back.'
      : 'Not connected to the hub',
  );

const UNANSWERED = {
  hub: {
    read: 'The hub did not answer',
    changed: 'The hub did not answer: it may have been done or not. Look before you try again.',
  },
  monitor: {
    read: 'The monitor did not answer',
    changed: 'The monitor did not answer: it may have been done or not. Look before you try again.',
  },
} as const;

/** Of what was sent, and not answered: the connection broke, or whoever was asked hangs. */
export const unanswered = <E extends ClientEvent>(
  event: E,
  payload: ClientPayload<E>,
  asked: keyof typeof UNANSWERED,
) => fail('unavailable', UNANSWERED[asked][changesSomething(event, payload) ? 'changed' : 'read']);
