import { succeed } from '#contract/errors.ts';
import type { Journal } from '#main/journal/journal.ts';
import type { Handlers } from './request-handler.ts';

/** Notes: everybody's own. */
export const journalHandlers = ({ journal }: { readonly journal: Journal }) =>
  ({
    'journal.list': (request, { userId }) => journal.list(userId, request),
    'journal.marks': ({ botId }, { userId }) =>
      succeed({ fillIds: journal.notedFills(userId, botId) }),
    'journal.write': (draft, { userId }) => succeed(journal.write(userId, draft)),
    'journal.rewrite': (change, { userId }) => journal.rewrite(userId, change),
    'journal.remove': ({ entryId }, { userId }) => journal.remove(userId, entryId),
    'journal.attach': (part, { userId }) => journal.attach(userId, part),
    'journal.snapshot': ({ entryId }, { userId }) => journal.snapshot(userId, entryId),
  }) satisfies Partial<Handlers>;
