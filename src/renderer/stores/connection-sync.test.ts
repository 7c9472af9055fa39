import { describe, expect, it } from 'vitest';
import { settled, storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { syncConnection } from './connection-sync.ts';
import { createStores } from './stores.ts';

describe('syncConnection', () => {
  it('shows a loss at once, and keeps what was known', async () => {
    const info = { version: '1', protocol: 1, mode: 'serve', userId: 'owner', startedTime: 1 };
    const { transport, stores, context } = storesOnHub(createStores(), {
      'system.info': () => info,
    });
    syncConnection(context);
    transport.connect();
    await settled();
    transport.lose();
    expect(stores.connection.getState()).toMatchObject({ connection: { kind: 'lost' }, info });
  });
});
