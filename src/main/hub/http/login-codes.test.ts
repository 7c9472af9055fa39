import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { LoginCodes } from './login-codes.ts';
import { SessionCookie } from './session-cookie.ts';

describe('LoginCodes', () => {
  it('a code works once', () => {
    const codes = new LoginCodes(new FakeClock());
    const code = codes.issue();
    expect(code).toHaveLength(43);
    expect([codes.redeem(code), codes.redeem(code), codes.redeem('')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('for five minutes', () => {
    const clock = new FakeClock();
    const codes = new LoginCodes(clock);
    const [early, late] = [codes.issue(), codes.issue()];
    clock.advance(5 * 60_000 - 1);
    expect(codes.redeem(early)).toBe(true);
    clock.advance(1);
    expect(codes.redeem(late)).toBe(false);
  });

  it('keeps the newest, and not without bound', () => {
    const codes = new LoginCodes(new FakeClock());
    const issued = Array.from({ length: 65 }, () => codes.issue());
    expect(issued.map((code) => codes.redeem(code))).toEqual([false, ...Array(64).fill(true)]);
  });
});

describe('SessionCookie', () => {
  const make = (clock: FakeClock, ownerToken = 'token', port = 8377) =>
    new SessionCookie({ ownerToken, port, clock });
  const pairOf = async (cookie: SessionCookie) =>
    (await cookie.issue({ isSecure: false })).split(';')[0];

  it('ends after thirty days, whatever the browser says', async () => {
    const clock = new FakeClock();
    const cookie = make(clock);
    const pair = await pairOf(cookie);
    clock.advance(30 * 86_400_000 - 1);
    expect(await cookie.isIn(`a=b; ${pair}`)).toBe(true);
    clock.advance(1);
    expect(await cookie.isIn(pair)).toBe(false);
  });

  it('ends with the owner’s token, and is of one port', async () => {
    const clock = new FakeClock();
    const pair = await pairOf(make(clock));
    expect(await make(clock).isIn(pair)).toBe(true);
    expect(await make(clock, 'another token').isIn(pair)).toBe(false);
    expect(await make(clock, 'token', 8378).isIn(pair)).toBe(false);
    expect(await make(clock).isIn(undefined)).toBe(false);
  });

  it('is marked secure for a page that came encrypted', async () => {
    const cookie = make(new FakeClock());
    expect(await cookie.issue({ isSecure: true })).toContain('Secure');
    expect(await cookie.issue({ isSecure: false })).not.toContain('Secure');
  });
});
