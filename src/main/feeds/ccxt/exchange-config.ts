import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';

const exchangeConfigSchema = z.strictObject({
  /** Merged deeply into ccxt's `urls`. */
  urls: z.record(z.string(), z.unknown()).optional(),
  /** Merged deeply into ccxt's `options`. */
  options: z.record(z.string(), z.unknown()).optional(),
  /** A proxy for requests, as `http://host:port`. */
  httpsProxy: z.url().optional(),
  /** A proxy for WebSocket connections. */
  wssProxy: z.url().optional(),
});

/** How one exchange is reached where that differs from what ccxt knows (rule F1). */
export type ExchangeConfig = z.infer<typeof exchangeConfigSchema>;

const exchangeConfigsSchema = z.record(z.string(), exchangeConfigSchema);

/** By ccxt's id of the exchange. */
export type ExchangeConfigs = Readonly<Record<string, ExchangeConfig>>;

/** Reads the file of `--exchange-config`: `{ "binance": { "urls": …, "options": … }, … }`. */
export async function readExchangeConfigs(file: string): Promise<Result<ExchangeConfigs>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read';
    return fail('bad_request', `The exchange configuration ${file} cannot be read: ${reason}.`);
  }
  return parseExchangeConfigs(text, file);
}

function parseExchangeConfigs(text: string, file: string): Result<ExchangeConfigs> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail('bad_request', `The exchange configuration ${file} is not valid JSON.`);
  }
  const parsed = exchangeConfigsSchema.safeParse(json);
  if (parsed.success) return succeed(parsed.data);
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  return fail(
    'bad_request',
    `The exchange configuration ${file} is wrong at "${where}": ${issue?.message ?? 'not understood'}.`,
  );
}
