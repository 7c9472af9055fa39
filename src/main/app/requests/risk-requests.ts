import { fail, succeed } from '#contract/errors.ts';
import type { Caller } from '#contract/scopes.ts';
import type { RiskControl } from '#main/bots/risk/risk-control.ts';
import { isOutOfReach } from '#main/storage/sqlite-failure.ts';
import type { Handlers } from './request-handler.ts';

/** They concern all bots: who reaches only some of them has no say in it. */
const ofEverybody = <T>({ bots }: Caller, answer: () => T) =>
  bots === 'all' ? succeed(answer()) : fail('access_denied', 'Access denied');

const UNKEPT = fail(
  'unavailable',
  'Everything is stopped. That could not be kept, so that bots may go on at the next start: make room on the disk, and do it again.',
);

export const riskHandlers = ({ risk }: { readonly risk: RiskControl }) =>
  ({
    'risk.get': (_, caller) => ofEverybody(caller, () => risk.view()),
    'risk.kill': (request, caller) => {
      try {
        return ofEverybody(caller, () => risk.kill(request));
      } catch (error) {
        if (!isOutOfReach(error)) throw error;
        return UNKEPT;
      }
    },
    'risk.setLimits': (change, caller) => ofEverybody(caller, () => risk.setLimits(change)),
    'risk.release': (_, caller) => ofEverybody(caller, () => risk.release()),
  }) satisfies Partial<Handlers>;
