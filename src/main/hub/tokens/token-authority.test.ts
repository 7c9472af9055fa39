import { randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownerCaller, type Scope } from '#contract/scopes.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { MemoryTokenStore } from '#tests/fakes/memory-token-store.ts';
import { TokenAuthority } from './token-authority.ts';

const OWNER_TOKEN = randomBytes(32).toString('base64url');
const HOUR_S = 3_600;

let clock: FakeClock;
let store: MemoryTokenStore;
let tokens: TokenAuthority;
beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryTokenStore();
  tokens = new TokenAuthority({ ownerToken: OWNER_TOKEN, ownerId: 'owner', store, clock });
});

const OWNER = ownerCaller('owner');
const ALICE = { userId: 'alice', scopes: ['read'] as Scope[], expiresInSeconds: HOUR_S };

const issue = async (request: Parameters<TokenAuthority['issue']>[0] = ALICE, by = OWNER) => {
  const issued = await tokens.issue(request, by);
  if (!issued.ok) throw new Error(issued.error.message);
  return issued.value;
};
const callerOf = async (token: string) => {
  const identified = await tokens.identify(token);
  return identified.ok ? identified.value.caller : identified.error.code;
};

describe('[H1] identify', () => {
  it('the owner’s token is the owner, with every scope and bot', async () => {
    expect(await tokens.identify(OWNER_TOKEN)).toEqual({
      ok: true,
      value: { caller: OWNER, tokenId: null, expiryTime: null },
    });
  });

  it('a token speaks for its user, within its scopes and bots, until it expires', async () => {
    const { token, issued } = await issue({ ...ALICE, scopes: ['read', 'trade'], botIds: ['b1'] });
    expect(await tokens.identify(token)).toEqual({
      ok: true,
      value: {
        caller: { userId: 'alice', scopes: ['read', 'trade'], bots: ['b1'] },
        tokenId: issued.id,
        expiryTime: clock.now() + HOUR_S * 1_000,
      },
    });
    clock.advance(HOUR_S * 1_000 - 1_000);
    expect(await callerOf(token)).toMatchObject({ userId: 'alice' });
    clock.advance(1_000);
    expect(await callerOf(token)).toBe('unauthorized');
  });

  it('without bots a user reaches none, the owner all', async () => {
    const alice = await issue();
    expect(await callerOf(alice.token)).toMatchObject({ bots: [] });
    const owners = await issue({ ...ALICE, userId: 'owner' });
    expect(await callerOf(owners.token)).toEqual({
      userId: 'owner',
      scopes: ['read'],
      bots: 'all',
    });
  });

  it('outlives a restart, and ends with the owner’s token', async () => {
    const { token } = await issue();
    const options = { ownerId: 'owner', store, clock };
    const restarted = new TokenAuthority({ ...options, ownerToken: OWNER_TOKEN });
    expect(await restarted.identify(token)).toMatchObject({ ok: true });
    const other = new TokenAuthority({ ...options, ownerToken: 'another' });
    expect(await other.identify(token)).toMatchObject({ error: { code: 'unauthorized' } });
  });

  it('what is not ours is refused: junk, no signature, another key, algorithm, issuer, row', async () => {
    const { token, issued } = await issue();
    const [header, payload, signature] = token.split('.');
    const claims = () =>
      new SignJWT({ scope: 'read admin' })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('tapedeck')
        .setAudience('tapedeck')
        .setSubject('alice')
        .setJti(issued.id)
        .setExpirationTime(clock.now() / 1_000 + HOUR_S);
    const unsecured = new UnsecuredJWT({ scope: 'admin' }).setSubject('owner').setJti(issued.id);
    const forged = [
      '',
      'x',
      '..',
      `${header}.${payload}.`,
      `${header}.${payload}.${signature?.slice(0, -4)}AAAA`,
      `${header}.${Buffer.from('{"sub":"owner"}').toString('base64url')}.${signature}`,
      `${token}.more`,
      `${token}\n`,
      token.replace('.', ' .'),
      `${token.slice(0, -5)}\r\n${token.slice(-5)}`,
      unsecured.encode(),
      await claims().sign(randomBytes(32)),
      await claims().sign(new TextEncoder().encode(OWNER_TOKEN)),
    ];
    for (const one of forged) expect([one, await callerOf(one)]).toEqual([one, 'unauthorized']);
    const withoutRow = new TokenAuthority({
      ...{ ownerToken: OWNER_TOKEN, ownerId: 'owner', clock },
      store: new MemoryTokenStore(),
    });
    expect(await withoutRow.identify(token)).toMatchObject({ error: { code: 'unauthorized' } });
  });

  it('a use is remembered, to the minute', async () => {
    const { token, issued } = await issue();
    const lastUse = () => store.get(issued.id)?.lastUsedTime;
    expect(lastUse()).toBeNull();
    await tokens.identify(token);
    const firstUse = clock.now();
    expect(lastUse()).toBe(firstUse);
    clock.advance(59_000);
    await tokens.identify(token);
    expect(lastUse()).toBe(firstUse);
    clock.advance(1_000);
    await tokens.identify(token);
    expect(lastUse()).toBe(clock.now());
  });

  it('the token itself is kept nowhere', async () => {
    const { token } = await issue();
    await tokens.identify(token);
    const kept = JSON.stringify(store.list());
    for (const part of token.split('.')) expect(kept).not.toContain(part);
  });
});

describe('[H1] revoke', () => {
  it('ends the token for good, and tells who listens, once', async () => {
    const { token, issued } = await issue();
    const heard: string[] = [];
    const stop = tokens.onRevoked((id) => heard.push(id));
    expect(tokens.revoke(issued.id)).toMatchObject({ value: { revokedTime: clock.now() } });
    const revokedTime = clock.now();
    clock.advance(5_000);
    expect(tokens.revoke(issued.id)).toMatchObject({ value: { revokedTime } });
    stop();
    expect(heard).toEqual([issued.id]);
    expect(await callerOf(token)).toBe('unauthorized');
    expect(tokens.isRevoked(issued.id)).toBe(true);
  });

  it('says that there is no such token', () => {
    expect(tokens.revoke('nope')).toMatchObject({ error: { code: 'not_found' } });
  });
});

describe('[H2] nobody gives what he does not have', () => {
  const admin = { userId: 'alice', scopes: ['read', 'admin'] as Scope[], bots: ['b1'] };
  it.each([
    ['a scope', { ...ALICE, scopes: ['trade'] as Scope[] }],
    ['a bot', { ...ALICE, botIds: ['b1', 'b2'] }],
    ['the owner’s name', { ...ALICE, userId: 'owner', botIds: [] }],
    ['the owner’s bots', { ...ALICE, userId: 'owner' }],
  ])('%s', async (_, request) => {
    expect(await tokens.issue(request, admin)).toMatchObject({ error: { code: 'access_denied' } });
    expect(store.list()).toEqual([]);
  });

  it('but what he has', async () => {
    const { issued } = await issue({ ...ALICE, userId: 'bob', botIds: ['b1'] }, admin);
    expect(issued).toMatchObject({ userId: 'bob', scopes: ['read'], botIds: ['b1'] });
  });

  it('a token of the owner’s for one bot cannot become one for all', async () => {
    const narrow = { userId: 'owner', scopes: ['read', 'admin'] as Scope[], bots: ['b1'] };
    const wide = await tokens.issue({ ...ALICE, userId: 'owner' }, narrow);
    expect(wide).toMatchObject({ error: { code: 'access_denied' } });
  });
});
