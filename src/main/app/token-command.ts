import { join } from 'node:path';
import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { loadOwnerToken } from '#main/hub/owner-token.ts';
import { answer, tell } from './terminal.ts';

export interface OpenTokenCommand {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly tls: boolean;
}

const responseSchema = z.object({ openUrl: z.url() });

/** Asks the running hub for a one-time address, prints it, and gives the exit code. */
export async function openToken(command: OpenTokenCommand): Promise<number> {
  const opened = await askForAddress(command);
  if (opened.ok) answer(opened.value);
  else tell(opened.error.message);
  return opened.ok ? 0 : 1;
}

async function askForAddress({
  host,
  port,
  dataDir,
  tls,
}: OpenTokenCommand): Promise<Result<string>> {
  const token = await loadOwnerToken(join(dataDir, 'owner.token'));
  if (!token.ok) return token;
  const hub = `${tls ? 'https' : 'http'}://${host}:${port}`;
  const response = await fetch(`${hub}/session/codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.value}` },
  }).catch(() => undefined);
  if (!response) return fail('unavailable', `Nothing answers at ${hub}. Is Tapedeck running?`);
  const body = responseSchema.safeParse(await response.json().catch(() => undefined));
  if (response.ok && body.success) return succeed(body.data.openUrl);
  return fail('unavailable', `${hub} did not accept the token in ${dataDir}.`);
}
