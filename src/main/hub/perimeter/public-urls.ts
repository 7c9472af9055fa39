import { fail, type Result, succeed } from '#contract/errors.ts';
import { isLoopback, type PublicUrl } from './perimeter.ts';

const SCHEMES: readonly string[] = ['https:', 'http:'];

/** A sentence says what is wrong with one (rule H3: nothing is shown beyond this machine unencrypted). */
export function readPublicUrls(
  texts: readonly string[],
  { insecureLan }: { readonly insecureLan: boolean },
): Result<readonly PublicUrl[]> {
  const urls: PublicUrl[] = [];
  for (const text of texts) {
    const url = URL.parse(text);
    if (!url || !SCHEMES.includes(url.protocol) || url.hostname === '') {
      return fail(
        'invalid_payload',
        `${text} is no address of a page: it is like https://tape.example.`,
      );
    }
    if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
      return fail(
        'invalid_payload',
        `${text} has more than a name and a port: Tapedeck wants a name of its own, and has no place under a path.`,
      );
    }
    if (url.protocol === 'http:' && !isLoopback(url.hostname) && !insecureLan) {
      return fail(
        'invalid_payload',
        `${text} would show everything to the network: let the proxy speak https, or give --insecure-lan to do without.`,
      );
    }
    urls.push(url);
  }
  return succeed(urls);
}
