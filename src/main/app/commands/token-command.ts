import { join } from 'node:path';
import { z } from 'zod';
import { type Result, succeed } from '#contract/errors.ts';
import type { TokenInfo } from '#contract/requests.ts';
import type { Scope } from '#contract/scopes.ts';
import { loadOwnerToken } from '#main/hub/tokens/owner-token.ts';
import { addressOf, askHub, type HubPlace, notAccepted, unreached } from './hub-request.ts';
import { isoTime } from './iso-time.ts';
import { answer, complain, tell } from './terminal.ts';

export interface IssueTokenCommand extends HubPlace {
  readonly user: string;
  readonly scope: readonly Scope[];
  readonly bots?: readonly string[];
  readonly expiresInSeconds: number;
}

const responseSchema = z.object({ openUrl: z.url() });

/** Asks the running hub for a one-time address, prints it, and gives the exit code. */
export async function openToken(command: HubPlace): Promise<number> {
  const opened = await askForAddress(command);
  if (opened.ok) answer(opened.value);
  else tell(opened.error.message);
  return opened.ok ? 0 : 1;
}

async function askForAddress({ host, port, dataDir, tls }: HubPlace): Promise<Result<string>> {
  const token = await loadOwnerToken(join(dataDir, 'owner.token'));
  if (!token.ok) return token;
  const hub = addressOf({ host, port, tls });
  const response = await fetch(`${hub}/session/codes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.value}` },
  }).catch((error: unknown) => error);
  if (!(response instanceof Response)) return unreached(hub, codeOfCause(response));
  const body = responseSchema.safeParse(await response.json().catch(() => undefined));
  if (response.ok && body.success) return succeed(body.data.openUrl);
  return notAccepted(hub, dataDir);
}

/** `fetch` fails with what happened as its cause. */
const codeOfCause = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error && 'code' in error.cause
    ? error.cause.code
    : undefined;

/** Prints the token, once and alone on standard output; what it may do goes to the person. */
export async function issueToken(command: IssueTokenCommand): Promise<number> {
  const { user: userId, scope, bots, expiresInSeconds } = command;
  const botIds = bots ? { botIds: [...bots] } : {};
  const params = { userId, scopes: [...scope], ...botIds, expiresInSeconds };
  const answered = await askHub(command, 'tokens.issue', params);
  if (!answered.ok) return complain(answered.error.message);
  const { token, issued } = answered.value;
  answer(token);
  tell(`Token ${describe(issued)}. It is not shown again.`);
  return 0;
}

/** A line for each token, newest first. */
export async function listTokens(command: HubPlace): Promise<number> {
  const answered = await askHub(command, 'tokens.list', {});
  if (!answered.ok) return complain(answered.error.message);
  for (const token of answered.value.tokens) answer(describe(token));
  if (answered.value.tokens.length === 0) tell('There are no tokens but the owner’s.');
  return 0;
}

export async function revokeToken(id: string, command: HubPlace): Promise<number> {
  const answered = await askHub(command, 'tokens.revoke', { id });
  if (!answered.ok) return complain(answered.error.message);
  answer(describe(answered.value));
  return 0;
}

function describe(token: TokenInfo): string {
  const { id, userId, scopes, botIds, expiryTime, revokedTime, lastUsedTime } = token;
  const bots = botIds === null ? '' : ` bots ${botIds.join(',') || 'none'}`;
  const used = lastUsedTime === null ? 'never used' : `last used ${isoTime(lastUsedTime)}`;
  const end =
    revokedTime === null ? `expires ${isoTime(expiryTime)}` : `revoked ${isoTime(revokedTime)}`;
  return `${id} of ${userId}: ${scopes.join(',')}${bots}, ${end}, ${used}`;
}
