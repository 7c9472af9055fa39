import { fail } from '#contract/errors.ts';
import type { RequestMethod } from '#contract/requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { Backtests } from '../backtest/backtests.ts';
import { asPage } from './bot-requests.ts';
import type { Handler, Handlers } from './request-handler.ts';

const ACCESS_DENIED = fail('access_denied', 'Access denied');

/** Of any bot, so that only who reaches them all may see them. */
const ofAllBots =
  <M extends RequestMethod>(handler: Handler<M>): Handler<M> =>
  (params, caller) =>
    caller.bots === 'all' ? handler(params, caller) : ACCESS_DENIED;

const mayReadFiles = ({ scopes }: Caller): boolean => scopes.includes('admin');

/** Backtests of the running monitor: the owner's. */
export const backtestHandlers = ({ backtests }: { readonly backtests: Backtests }) =>
  ({
    'backtests.start': ofAllBots<'backtests.start'>((wish, caller) =>
      backtests.start(wish, { mayReadFiles: mayReadFiles(caller) }),
    ),
    'backtests.list': ofAllBots<'backtests.list'>((request) =>
      asPage(backtests.queue.list(request)),
    ),
    'backtests.get': ofAllBots<'backtests.get'>(({ backtestId }) => backtests.get(backtestId)),
    'backtests.page': ofAllBots<'backtests.page'>(({ backtestId }) => backtests.page(backtestId)),
    'backtests.cancel': ofAllBots<'backtests.cancel'>(({ backtestId }) =>
      backtests.queue.cancel(backtestId),
    ),
    'backtests.remove': ofAllBots<'backtests.remove'>(({ backtestId }) =>
      backtests.queue.remove(backtestId),
    ),
  }) satisfies Partial<Handlers>;
