const PROTOCOL = '4';
const TRANSPORTS: readonly string[] = ['polling', 'websocket'];

/** What is looked at of a request for Socket.IO's path. */
interface EngineRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/**
 * Whether Engine.IO would take this up. What it would refuse it answers in words of its own, as text
 * on an upgrade and by 500 for a method that it does not know: the hub says it in its own (rule H6).
 * `transportOf` tells by what a session goes; undefined where there is none of that id.
 */
export function isForEngine(
  { method, url = '' }: EngineRequest,
  isUpgrade: boolean,
  transportOf: (sid: string) => string | undefined,
): boolean {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const only = (name: string): string | undefined => {
    const values = query.getAll(name);
    return values.length > 1 ? undefined : (values[0] ?? '');
  };
  const [transport, sid] = [only('transport'), only('sid')];
  if (only('EIO') !== PROTOCOL || transport === undefined || sid === undefined) return false;
  if (!TRANSPORTS.includes(transport)) return false;
  // An answer as a script can be read by any page: no other origin is invited (rule H3).
  if (query.has('j')) return false;
  if (isUpgrade !== (transport === 'websocket')) return false;
  if (sid === '') return method === 'GET';
  const current = transportOf(sid);
  if (current === undefined) return false;
  return isUpgrade ? current === 'polling' : current === transport && isPoll(method);
}

const isPoll = (method: string | undefined): boolean => method === 'GET' || method === 'POST';
