import { describe, expect, it } from 'vitest';
import { requestScopes } from '#contract/access.ts';
import { isRequestMethod, type RequestMethod } from '#contract/requests.ts';
import { mayUse, ownerCaller, type RequiredScope, SCOPES } from '#contract/scopes.ts';
import { refuseRequest } from './request-access.ts';

const OWNER = ownerCaller('owner');
const directory = { isKnownBot: (botId: string) => botId === 'b1' };
const METHODS = Object.keys(requestScopes).filter(isRequestMethod);

const codeOf = (method: RequestMethod, params: unknown, caller = OWNER) =>
  refuseRequest(method, params, caller, directory)?.code;

describe('[H2] requests', () => {
  it.each(METHODS)('%s needs its scope, and no other', (method) => {
    const needed = requestScopes[method];
    const others = SCOPES.filter((scope) => scope !== needed);
    expect(codeOf(method, {}, { ...OWNER, scopes: [needed] })).toBeUndefined();
    expect(codeOf(method, {}, { ...OWNER, scopes: others })).toBe('access_denied');
  });

  it('a method without a scope would be denied to everybody', () => {
    const undeclared = new Map<string, RequiredScope>(Object.entries(requestScopes)).get(
      'bots.fly',
    );
    expect(mayUse(OWNER, undeclared as RequiredScope)).toBe(false);
  });

  it('reach only bots that were granted; others are denied like none', () => {
    const caller = { userId: 'alice', scopes: SCOPES, bots: ['b1', 'gone'] };
    expect(codeOf('bots.get', { botId: 'b1' }, caller)).toBeUndefined();
    expect(codeOf('bots.stop', { botId: 'b2' }, caller)).toBe('access_denied');
    expect(codeOf('bots.stop', { botId: 'gone' }, caller)).toBe('access_denied');
    expect(codeOf('bots.stop', { botId: 'gone' })).toBeUndefined();
  });
});
