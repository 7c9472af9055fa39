import { describe, expect, it } from 'vitest';
import { requestScopes } from '#contract/access.ts';
import { isRequestMethod } from '#contract/requests.ts';
import { notSent, unanswered } from './unreached.ts';

const METHODS = Object.keys(requestScopes).filter(isRequestMethod);
const asked = (method: string) => ({ method, params: {} }) as never;
const messageOf = ({ error }: ReturnType<typeof notSent>) => error.message;

describe('what is said of a hub that was not reached', () => {
  it('is of what was to be changed: that it is not done, and what next', () => {
    expect(messageOf(notSent('request', asked('bots.create')))).toBe(
      'No connection to the hub: nothing was sent. Try again when it is back.',
    );
    expect(messageOf(notSent('desk:send', {} as never))).toContain('Try again');
    expect(messageOf(notSent('request', asked('bots.list')))).toBe('Not connected to the hub');
  });

  it('is of what was to be changed and had no answer: to look before it is asked for twice', () => {
    expect(messageOf(unanswered('request', asked('orders.place'), 'hub'))).toBe(
      'The hub did not answer: it may have been done or not. Look before you try again.',
    );
    expect(messageOf(unanswered('request', asked('orders.place'), 'monitor'))).toBe(
      'The monitor did not answer: it may have been done or not. Look before you try again.',
    );
    expect(messageOf(unanswered('request', asked('fills.list'), 'hub'))).toBe(
      'The hub did not answer',
    );
  });

  it('takes every request for one that changes something whose scope is more than to read, lists aside', () => {
    const isRead = (method: string) => messageOf(notSent('request', asked(method))).length < 30;
    const read = METHODS.filter(isRead);
    expect(read.filter((method) => requestScopes[method] !== 'read')).toEqual([
      'tape.jobs',
      'tokens.list',
      'hub.clients',
      'hub.channels',
      'logs.list',
    ]);
    expect(
      METHODS.filter((method) => requestScopes[method] === 'read' && !read.includes(method)),
    ).toEqual([
      'notifications.markRead',
      'journal.write',
      'journal.rewrite',
      'journal.remove',
      'journal.attach',
    ]);
  });
});
