const MOST_QUOTED = 200;

const ADDRESS = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>)\]}]+/gi;
const PAGE = /<\s*(?:!doctype|html|head|body|title|center)\b.*$/i;
const STACK = /\s+at\s+(?:\S+\s+)?\(?[^\s()]+:\d+(?::\d+)?\)?.*$/;
const SECRET =
  /\b([\w-]*(?:api-?_?key|secret|signature|token|passphrase|password|listenkey|authorization)\b["']?\s*[=:]\s*["']?)(?:bearer\s+)?[^\s"',&}]+/gi;
/** Where the exchanges put what they have to say. */
const SAID = /"(?:msg|message|error|errors|retMsg|ret_msg|reason)"\s*:\s*\[?\s*"([^"]+)"/;
/** `getaddrinfo ENOTFOUND api.binance.com`, `connect ECONNREFUSED 127.0.0.1:9`, `read ECONNRESET`. */
const SYSTEM = /\b(E[A-Z][A-Z_]{3,}|UND_ERR_[A-Z_]+)\b(?:\s+([\w.:[\]-]*[\w\]]))?/;
/** How a refused WebSocket upgrade and a refused request are told: `… response: 451`, `… 451 Unavailable …`. */
const STATUS = /(?:response: |\s|^)([45]\d\d)\b/;
const TIMEOUT = /timed out|timeout/i;

/**
 * What a text of ccxt's says, fit for a sentence: in one line, without the exchange's id that ccxt
 * puts in front, and without addresses (but for their hosts), keys, pages and stacks.
 */
export function plainWords(text: string, exchangeId: string): string {
  const line = text.replace(PAGE, '').replace(/\s+/g, ' ').trim();
  const bare = line.startsWith(`${exchangeId} `) ? line.slice(exchangeId.length + 1) : line;
  const said = SAID.exec(bare)?.[1] ?? bare;
  const plain = said
    .replace(STACK, '')
    .replace(ADDRESS, (address) => hostOf(address))
    .replace(SECRET, '$1…')
    .trim();
  return plain.length > MOST_QUOTED ? `${plain.slice(0, MOST_QUOTED).trimEnd()}…` : plain;
}

/** The HTTP status of a refusal. It stands at the beginning: what an answer contains is not it. */
export const statusOf = (text: string): string | undefined =>
  STATUS.exec(text.replace(ADDRESS, ' ').slice(0, MOST_QUOTED))?.[1];

/** Why it cannot be reached, in few words: `ENOTFOUND api.binance.com`; null where nothing is known. */
export function networkCause(text: string): string | null {
  const host = hostOf(text.match(ADDRESS)?.[0] ?? '');
  const [, code, place = host] = SYSTEM.exec(text) ?? [];
  if (code !== undefined) return `${code} ${place}`.trim();
  if (TIMEOUT.test(text)) return host === '' ? 'no answer' : `no answer from ${host}`;
  const status = statusOf(text);
  if (status === undefined) return null;
  return host === '' ? status : `${status} from ${host}`;
}

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : '');
