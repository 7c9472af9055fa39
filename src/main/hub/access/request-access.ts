import { requestScopes } from '#contract/access.ts';
import { fail } from '#contract/errors.ts';
import type { RequestMethod } from '#contract/requests.ts';
import { mayUse } from '#contract/scopes.ts';
import type { ChannelDirectory, HubUser } from '../dependencies.ts';

const ACCESS_DENIED = fail('access_denied', 'Access denied').error;

/**
 * Why this user may not make this request (rule H2): he lacks the scope, or it names a bot that he
 * does not reach. A bot that does not exist is denied to him like one of somebody else; to who
 * reaches every bot it is simply not there, which the handler says.
 */
export function refuseRequest(
  method: RequestMethod,
  params: unknown,
  user: HubUser,
  directory: Pick<ChannelDirectory, 'isKnownBot'>,
) {
  if (!mayUse(user, requestScopes[method])) return ACCESS_DENIED;
  const botId = botNamedIn(params);
  if (botId === undefined || user.bots === 'all') return undefined;
  return directory.isKnownBot(botId, user) ? undefined : ACCESS_DENIED;
}

const botNamedIn = (params: unknown): string | undefined =>
  typeof params === 'object' &&
  params !== null &&
  'botId' in params &&
  typeof params.botId === 'string'
    ? params.botId
    : undefined;
