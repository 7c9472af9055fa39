import type { RequestMethod } from '#contract/requests.ts';

/** Where a request of the contract stands in REST. Its schema says all else. */
export interface RestRoute {
  readonly verb: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Under `/api/v1`; parameters of the request that stand in the path are in braces. */
  readonly path: string;
  readonly summary: string;
  /** Of success. */
  readonly status: 200 | 201;
  /** The one parameter that the body is, where it is not the object of all that the path leaves. */
  readonly bodyParameter?: string;
  /** The part of the result that the answer is, as a page in HTML, in place of all as JSON. */
  readonly pageOf?: string;
}

const route =
  (verb: RestRoute['verb'], status: RestRoute['status'] = 200) =>
  (path: string, summary: string, bodyParameter?: string): RestRoute => ({
    ...{ verb, path, summary, status },
    ...(bodyParameter !== undefined && { bodyParameter }),
  });
const get = route('get');
const post = route('post');
const create = route('post', 201);
const put = route('put');
const patch = route('patch');
const remove = route('delete');

/**
 * Every request of the contract in its resource form. What the path does not carry is the query of
 * a `GET` or `DELETE`, and the JSON body of everything else.
 */
export const REST_ROUTES: Readonly<Record<RequestMethod, RestRoute>> = {
  'system.info': get('/info', 'Version, mode and user'),
  'health.get': get('/health', 'State of database, feeds and event loop, in full'),
  'watchlist.get': get('/watchlist', 'The instruments that are watched, and their groups'),
  'watchlist.set': patch('/watchlist', 'Change the order and the groups'),
  'feeds.list': get('/feeds', 'Every feed and its state'),
  'feeds.add': create('/feeds', 'Add a feed'),
  'feeds.change': patch('/feeds/{feedId}', 'Change what a feed carries'),
  'feeds.remove': remove('/feeds/{feedId}', 'Remove a feed'),
  'feeds.restart': post('/feeds/{feedId}/restart', 'Connect a feed again'),
  'exchanges.list': get('/exchanges', 'Every exchange that a feed can be had of'),
  'instruments.search': get('/instruments', 'Search the instruments of an exchange'),
  'candles.get': get('/candles', 'Candles, oldest first'),
  'trades.get': get('/trades', 'Public trades from the tape, oldest first'),
  'orderbook.get': get('/orderbook', 'The order book as it stands'),
  'strategies.list': get(
    '/strategies',
    'The strategies, those of your own included, and their parameters',
  ),
  'bots.list': get('/bots', 'Every bot with its status and position'),
  'bots.get': get('/bots/{botId}', 'One bot with its status and position'),
  'bots.create': create('/bots', 'Create a bot'),
  'bots.update': patch('/bots/{botId}', 'Change a bot', 'changes'),
  'bots.start': post('/bots/{botId}/start', 'Start a bot'),
  'bots.pause': post('/bots/{botId}/pause', 'Pause a bot: it keeps its position'),
  'bots.stop': post('/bots/{botId}/stop', 'Stop a bot: its open orders are cancelled'),
  'bots.clone': create('/bots/{botId}/clone', 'Make another bot of the same settings'),
  'bots.archive': post('/bots/{botId}/archive', 'Put a stopped bot out of sight'),
  'bots.unarchive': post('/bots/{botId}/unarchive', 'Bring an archived bot back'),
  'bots.equity': get('/bots/{botId}/equity', 'The equity curve of a bot, oldest first'),
  'bots.remove': remove('/bots/{botId}', 'Remove a stopped bot, its orders and its fills'),
  'bots.logs': get('/bots/{botId}/logs', 'The log of a bot, newest first'),
  'orders.list': get('/orders', 'Orders, newest first'),
  'orders.place': create('/orders', 'Place an order by hand, on the account of a bot'),
  'orders.placePair': create(
    '/orders/pairs',
    'Place two orders by hand of which one ends the other',
  ),
  'orders.change': post('/orders/{orderId}/change', 'Other prices for an open order'),
  'orders.cancel': post('/orders/{orderId}/cancel', 'Cancel an open order'),
  'fills.why': get('/fills/{fillId}/why', 'Why a fill came to be, and how long each step took'),
  'fills.list': get('/fills', 'Fills, newest first'),
  'positions.list': get('/positions', 'The position of every bot, marked to the last price'),
  'positions.close': post('/positions/{botId}/close', 'Close the position of a bot'),
  'balances.get': get('/balances', 'All bots together, by the currency of their money'),
  'pnl.days': get('/pnl/days', 'What bots won and lost each day, newest day first'),
  'risk.get': get('/risk', 'The kill switch, and what all bots do together'),
  'risk.kill': post('/risk/kill', 'Cancel all orders and stop all bots, at once'),
  'risk.release': post('/risk/release', 'Let bots be started again'),
  'risk.setLimits': patch(
    '/risk/limits/{currency}',
    'Other limits of all bots of a currency: those that are given',
  ),
  'notifications.list': get('/notifications', 'Notifications, newest first'),
  'notifications.markRead': post('/notifications/read', 'Mark notifications as read'),
  'announcements.list': get('/announcements', 'Announcements, newest first'),
  'announcements.send': create('/announcements', 'Tell everyone on the hub'),
  'settings.get': get('/settings', 'What the owner decides'),
  'settings.set': patch('/settings', 'Change settings: those that are given'),
  'tape.info': get('/tape', 'What is on the tape'),
  'tape.jobs': get('/tape/jobs', 'Imports and exports, newest first'),
  'tape.backup': create('/tape/backups', 'Copy the tape to a file of this machine'),
  'tape.import': create('/tape/imports', 'Import a file of this machine'),
  'tape.export': create('/tape/exports', 'Export to a file of this machine'),
  'tape.cancelJob': post('/tape/jobs/{jobId}/cancel', 'Cancel an import or export'),
  'tape.resumeJob': post('/tape/jobs/{jobId}/resume', 'Run a job again that did not end'),
  'tokens.list': get('/tokens', 'The tokens issued, without the tokens themselves'),
  'tokens.issue': create('/tokens', 'Issue a token: it is in this answer only'),
  'tokens.revoke': remove('/tokens/{id}', 'Revoke a token'),
  'alerts.list': get('/alerts', 'Alerts, newest first: those that fire, or all'),
  'alerts.acknowledge': post('/alerts/acknowledge', 'Acknowledge alerts: these, or all'),
  'alerts.listRules': get('/alerts/rules', 'What is watched for'),
  'alerts.createRule': create('/alerts/rules', 'Watch for something'),
  'alerts.updateRule': patch('/alerts/rules/{ruleId}', 'Change a rule', 'changes'),
  'alerts.removeRule': remove('/alerts/rules/{ruleId}', 'Remove a rule'),
  'alerts.testFire': post('/alerts/rules/{ruleId}/test', 'Tell of it as if it had fired'),
  'alerts.listSilences': get('/alerts/silences', 'The silences that have not ended'),
  'alerts.silence': create('/alerts/silences', 'Keep alerts from being told for a while'),
  'alerts.unsilence': remove('/alerts/silences/{silenceId}', 'End a silence now'),
  'alerts.getPolicy': get('/alerts/policy', 'How alerts are grouped, repeated and escalated'),
  'alerts.setPolicy': patch('/alerts/policy', 'Change how alerts are told: what is given'),
  'alerts.deliveries': get('/alerts/deliveries', 'The last attempts to tell the user'),
  'replay.list': get('/replay/decks', 'The replay decks that are open'),
  'replay.open': create('/replay/decks', 'Open a deck on the tape or a recording, paused'),
  'replay.get': get('/replay/decks/{deckId}', 'One deck as it stands'),
  'replay.timeline': get(
    '/replay/decks/{deckId}/timeline',
    'Volume, alerts and fills of its stretch',
  ),
  'replay.play': post('/replay/decks/{deckId}/play', 'Play'),
  'replay.pause': post('/replay/decks/{deckId}/pause', 'Pause, or give up a seek'),
  'replay.step': post('/replay/decks/{deckId}/step', 'Play one trade or one candle'),
  'replay.seek': post('/replay/decks/{deckId}/seek', 'Go to a time or to a fill'),
  'replay.setSpeed': post('/replay/decks/{deckId}/speed', 'Change the speed'),
  'replay.close': remove('/replay/decks/{deckId}', 'Close a deck: its bots and fills go with it'),
  'backtests.list': get('/backtests', 'Backtests, newest first'),
  'backtests.start': create('/backtests', 'Play a bot, or a grid of its parameters, over the past'),
  'backtests.get': get('/backtests/{backtestId}', 'One backtest, with what came of it'),
  'backtests.page': {
    ...get('/backtests/{backtestId}/page', 'The report of a backtest as a page'),
    pageOf: 'html',
  },
  'backtests.cancel': post('/backtests/{backtestId}/cancel', 'End a backtest at once'),
  'backtests.remove': remove('/backtests/{backtestId}', 'Forget a backtest'),
  'hub.getLimits': get('/hub/limits', 'What one client may cost the others'),
  'hub.setLimits': put('/hub/limits', 'Other limits, from the next start: those that are given'),
  'hub.clients': get('/hub/clients', 'Who is connected'),
  'hub.channels': get('/hub/channels', 'What is listened to, by how many'),
  'logs.list': get('/logs', 'The log, newest first'),
  'journal.list': get('/journal', 'Notes of one’s own, newest first'),
  'journal.marks': get('/journal/marks', 'The fills of a bot that have notes of one’s own'),
  'journal.write': create('/journal', 'Write a note'),
  'journal.rewrite': patch('/journal/{entryId}', 'Change the text of a note'),
  'journal.remove': remove('/journal/{entryId}', 'Remove a note and its picture'),
  'journal.attach': post('/journal/{entryId}/snapshot', 'Attach a picture, part by part'),
  'journal.snapshot': get('/journal/{entryId}/snapshot', 'The picture of a note'),
};

/** The parameters in a route's path, in order. */
export const pathParametersOf = ({ path }: RestRoute): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));

/** Whether parameters come in a JSON body. */
export const hasBody = ({ verb }: RestRoute): boolean => verb !== 'get' && verb !== 'delete';
