import { describe, expect, it } from 'vitest';
import { derivAddress, derivUrl } from './address.ts';

describe('[F2] Deriv’s address', () => {
  it.each([
    ['wss://ws.derivws.com/websockets/v3', 'wss://ws.derivws.com/websockets/v3?app_id=1089'],
    ['ws://127.0.0.1:9/websockets/v3/?l=EN', 'ws://127.0.0.1:9/websockets/v3/?l=EN&app_id=1089'],
  ])('%s is given the default app id', (text, url) => {
    expect(derivAddress(text)).toEqual({ ok: true, value: url });
  });

  it.each([
    'wss://ws.derivws.com/websockets/v3?app_id=42',
    'wss://api.derivws.com/trading/v1/options/ws/public',
  ])('%s is dialled as it is', (text) => {
    expect(derivAddress(text)).toEqual({ ok: true, value: text });
  });

  it.each(['', 'api.derivws.com', 'https://api.derivws.com/'])('refuses "%s"', (text) => {
    expect(derivAddress(text)).toMatchObject({ ok: false, error: { code: 'invalid_payload' } });
  });

  it('is that of the public API unless the configuration says otherwise', () => {
    expect(derivUrl()).toBe('wss://api.derivws.com/trading/v1/options/ws/public');
    const url = 'ws://127.0.0.1:9/websockets/v3';
    expect(derivUrl({ urls: { ws: url } })).toBe(url);
    expect(derivAddress(derivUrl({ urls: { ws: 7 } })).ok).toBe(false);
  });
});
