import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** What is looked at of a request. The raw headers tell whether one came twice. */
interface PerimeterRequest {
  readonly url?: string | undefined;
  readonly headers: { readonly host?: string | undefined; readonly origin?: string | undefined };
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}

type PerimeterRefusal = 'foreign_host' | 'foreign_origin' | 'bad_request';

/** Says why a request is refused; undefined lets it in. */
export type Perimeter = (request: PerimeterRequest) => PerimeterRefusal | undefined;

/** By what browsers reach the hub beside its own address: through a reverse proxy or a tunnel. */
export type PublicUrl = Pick<URL, 'host' | 'hostname' | 'origin' | 'protocol'>;

const DEFAULT_PORTS = { http: 80, https: 443 } as const;
/** As `DEFAULT_PORTS`, by how a URL names its scheme. */
const DEFAULT_PORT_OF = new Map([
  ['http:', DEFAULT_PORTS.http],
  ['https:', DEFAULT_PORTS.https],
]);
const WILDCARDS: readonly string[] = ['0.0.0.0', '::'];

/** How a host stands in a URL: IPv6 addresses in brackets. */
export const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Lets in only what is meant for this hub (rule H3): a `Host` that is one of its own names, against
 * DNS rebinding, and no `Origin` but its own, against cross-site requests and WebSocket hijacking.
 * A program sends no `Origin`, and is let in.
 */
export function createPerimeter(options: {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** By what browsers reach it through a proxy, which tells it either this name or the hub's own. */
  readonly publicUrls?: readonly PublicUrl[];
}): Perimeter {
  const { scheme, port, publicUrls = [] } = options;
  const names = ['127.0.0.1', 'localhost', '::1', ...namesOf(options.host)].map(urlHost);
  const hosts = new Set(names.map((name) => `${name}:${port}`));
  if (port === DEFAULT_PORTS[scheme]) for (const name of names) hosts.add(name);
  const origins = new Set([...hosts].map((host) => `${scheme}://${host}`));
  for (const url of publicUrls) {
    origins.add(url.origin);
    hosts.add(url.host);
    // A host without a port may be told with that which its scheme has.
    if (url.host === url.hostname) hosts.add(`${url.host}:${DEFAULT_PORT_OF.get(url.protocol)}`);
  }
  return ({ url, headers, rawHeaders }) => {
    const { host, origin } = headers;
    if (host === undefined || !hosts.has(host.toLowerCase())) return 'foreign_host';
    if (origin !== undefined && !origins.has(origin)) return 'foreign_origin';
    // A target in absolute form, or a second header, could mean something else further in.
    const isPlain = url?.startsWith('/') && !repeats(rawHeaders, ['host', 'origin']);
    return isPlain ? undefined : 'bad_request';
  };
}

const repeats = (rawHeaders: readonly string[], names: readonly string[]): boolean =>
  names.some(
    (name) =>
      rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length > 1,
  );

/** A wildcard stands for the machine's own addresses; an address cannot be rebound. */
function namesOf(host: string): string[] {
  if (!WILDCARDS.includes(host)) return [host.toLowerCase()];
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
}
