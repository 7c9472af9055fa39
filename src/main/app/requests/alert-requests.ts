import { fail, type Result, succeed } from '#contract/errors.ts';
import type { Caller } from '#contract/scopes.ts';
import type { Alerts } from '#main/alerts/alerts.ts';
import { asPage } from './bot-requests.ts';
import type { Handlers } from './request-handler.ts';

/** They are about any bot, so that only who reaches all of them may see or change them (rule H2). */
const owned = <T>({ bots }: Caller, answer: () => Result<T>): Result<T> =>
  bots === 'all' ? answer() : fail('access_denied', 'Access denied');

/** What the user watches for, and what came of it. Those that name a deck never come here. */
export const alertHandlers = ({ alerts }: { readonly alerts: Alerts }) =>
  ({
    'alerts.listRules': ({ deckId }, caller) =>
      owned(caller, () => noDeck(deckId) ?? succeed({ rules: [...alerts.rules()] })),
    'alerts.createRule': (draft, caller) => owned(caller, () => alerts.createRule(draft)),
    'alerts.updateRule': (update, caller) => owned(caller, () => alerts.updateRule(update)),
    'alerts.removeRule': ({ ruleId }, caller) => owned(caller, () => alerts.removeRule(ruleId)),
    'alerts.testFire': ({ ruleId }, caller) => owned(caller, () => alerts.testFire(ruleId)),
    'alerts.list': ({ deckId, ...request }, caller) =>
      owned(caller, () => noDeck(deckId) ?? asPage(alerts.list(request))),
    'alerts.acknowledge': ({ ids }, caller) =>
      owned(caller, () => succeed({ alerts: [...alerts.acknowledge(ids)] })),
    'alerts.listSilences': (_, caller) =>
      owned(caller, () => succeed({ silences: [...alerts.silences()] })),
    'alerts.silence': (request, caller) => owned(caller, () => alerts.silence(request)),
    'alerts.unsilence': ({ silenceId }, caller) => owned(caller, () => alerts.unsilence(silenceId)),
    'alerts.getPolicy': (_, caller) => owned(caller, () => succeed(alerts.policy())),
    'alerts.setPolicy': (changes, caller) =>
      owned(caller, () => succeed(alerts.setPolicy(changes))),
    'alerts.deliveries': (_, caller) =>
      owned(caller, () => succeed({ deliveries: [...alerts.deliveries()] })),
  }) satisfies Partial<Handlers>;

/** A deck that there is answers itself. */
const noDeck = (deckId: string | undefined) =>
  deckId === undefined ? undefined : fail('not_found', `There is no replay deck ${deckId}`);
