import { afterEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { speak } from '../../i18n/i18n.ts';
import { connectionText } from './connection-text.ts';

describe('connectionText', () => {
  const next = { attempt: 2, nextTryTime: 10_000 as EpochMs };

  it('[H5] shows attempt and next try', () => {
    const lost = { kind: 'lost', reason: 'transport close', ...next } as const;
    expect(connectionText(lost, 7_001)).toBe('Connection lost, retrying in 3 s (attempt 2)');
    expect(connectionText(lost, 99_000)).toBe('Connection lost, retrying in 0 s (attempt 2)');
    expect(connectionText({ kind: 'connecting', attempt: 3 }, 0)).toBe('Connecting (attempt 3)');
  });

  it('says since when a hub is silent whose connection stands', () => {
    expect(connectionText({ kind: 'connected' }, 0)).toBe('Connected');
    expect(connectionText({ kind: 'connected' }, 0, 1_000)).toMatch(/^No answer since /);
  });

  it('says what to do where the session is not good', () => {
    const refused = { kind: 'refused', code: 'unauthorized', ...next } as const;
    expect(connectionText(refused, 0)).toMatch(/^Not signed in: .*retrying in 10 s/);
  });

  describe('in Korean', () => {
    afterEach(() => speak('en'));

    it('says the same as soon as the language is changed', async () => {
      await speak('ko');
      const lost = { kind: 'lost', reason: 'transport close', ...next } as const;
      expect(connectionText(lost, 7_001)).toBe('연결이 끊어졌습니다. 3초 후 재시도 (2번째)');
    });
  });
});
