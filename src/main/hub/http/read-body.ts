import { fail, type Result, succeed } from '#contract/errors.ts';

const TOO_LARGE = fail('message_too_large', 'The body is too large');
const BROKEN_OFF = fail('bad_request', 'The body broke off');

/**
 * A request's body as text; of one that is too large no more is read. (Hono's own limit makes a new
 * `Request` of one without a length, which the one that we are given does not allow.)
 */
export async function readBody(request: Request, maxBytes: number): Promise<Result<string>> {
  if (!request.body) return succeed('');
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const reader = request.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return succeed(Buffer.concat(chunks).toString('utf8'));
      size += value.length;
      if (size > maxBytes) return TOO_LARGE;
      chunks.push(value);
    }
  } catch {
    // The client went away, or its chunks are none: nobody may be there to be told.
    return BROKEN_OFF;
  }
}

/** What the text says; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What it should have been is for the caller to say.
    return undefined;
  }
}
