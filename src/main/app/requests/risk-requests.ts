import { fail, succeed } from '#contract/errors.ts';
import type { Caller } from '#contract/scopes.ts';
import type { RiskControl } from '#main/bots/risk/risk-control.ts';
import type { Handlers } from './request-handler.ts';

/** They concern all bots: who reaches only some of them has no say in it. */
const ofEverybody = <T>({ bots }: Caller, answer: () => T) =>
  bots === 'all' ? succeed(answer()) : fail('access_denied', 'Access denied');

export const riskHandlers = ({ risk }: { readonly risk: RiskControl }) =>
  ({
    'risk.get': (_, caller) => ofEverybody(caller, () => risk.view()),
    'risk.kill': (request, caller) => ofEverybody(caller, () => risk.kill(request)),
    'risk.release': (_, caller) => ofEverybody(caller, () => risk.release()),
  }) satisfies Partial<Handlers>;
