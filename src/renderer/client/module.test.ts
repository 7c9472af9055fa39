import { describe, expect, it } from 'vitest';
import { connectToHub } from './module.ts';
import type { ConnectionState } from './transport.ts';

const NOBODY = 'http://127.0.0.1:1';

describe('connectToHub', () => {
  it.each([
    [
      'throws',
      (): string => {
        throw new Error('the vault is closed');
      },
    ],
    ['is refused', () => Promise.reject(new Error('the vault is closed'))],
  ])(
    '[H5] tries again later where the token is not to be had: what gives it %s',
    async (_, token) => {
      const hub = connectToHub({ url: NOBODY, token });
      const state = await new Promise<ConnectionState>((done) => {
        hub.onConnection((one) => one.kind !== 'connecting' && done(one));
      });
      hub.stop();
      expect(state).toMatchObject({ kind: 'lost', reason: 'the vault is closed', attempt: 1 });
    },
  );
});
