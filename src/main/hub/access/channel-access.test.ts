import { describe, expect, it } from 'vitest';
import { type Caller, ownerCaller, SCOPES } from '#contract/scopes.ts';
import { HubSurroundings } from '#tests/fakes/test-hub.ts';
import { resolveChannel } from './channel-access.ts';

const OWNER = ownerCaller('owner');
const GRANTED: Caller = { userId: 'alice', scopes: SCOPES, bots: ['b1'] };
const surroundings = new HubSurroundings();
surroundings.bots.add('b1').add('b2');

describe('[H2] channels', () => {
  const codeOf = (name: string, user: Caller = GRANTED) => {
    const resolved = resolveChannel(name, user, surroundings);
    return resolved.ok ? 'open' : resolved.error.code;
  };

  it.each(['alerts', 'alerts:rules', 'backtests', 'replay:d1:alerts', 'bot:b2:status'])(
    '%s is of any bot, and so not for who was granted single ones',
    (name) => {
      expect(codeOf(name)).toBe('access_denied');
      expect(resolveChannel(name, OWNER, surroundings)).toMatchObject({ ok: true, value: name });
    },
  );

  it.each(['replay', 'replay:d1', 'bot:b1:status', 'user:alice:balance', 'desk:den'])(
    '%s is',
    (name) => expect(codeOf(name)).toBe('open'),
  );

  it.each(['user:owner:balance', 'user:owner:notifications'])(
    '%s tells of every bot, and so not by a token of the owner for single ones',
    (name) => {
      expect(codeOf(name, { ...OWNER, bots: ['b1'] })).toBe('access_denied');
      expect(codeOf(name, OWNER)).toBe('open');
    },
  );

  it.each(['user:owner:balance', 'user:bob:notifications'])(
    '%s is that user’s, whatever the scopes',
    (name) => expect(codeOf(name)).toBe('access_denied'),
  );
});
