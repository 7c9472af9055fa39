import { describe, expect, it } from 'vitest';
import { settled, storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { otherVersion } from './connection-store.ts';
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

  it('says once that another version has taken the place of the hub that served the page', async () => {
    let version = '1';
    const { transport, stores, context } = storesOnHub(createStores(), {
      'system.info': () => ({
        ...{ version, protocol: 1, mode: 'serve', userId: 'owner', startedTime: 1 },
      }),
    });
    syncConnection(context);
    const said = () => stores.notices.store.getState().shown?.text();
    const connectAnew = async () => {
      transport.lose();
      transport.connect();
      await settled();
    };
    transport.connect();
    await settled();
    await connectAnew();
    expect([said(), otherVersion(stores.connection.getState())]).toEqual([undefined, null]);
    version = '2';
    await connectAnew();
    expect(said()).toContain('The hub has version 2 now');
    expect(otherVersion(stores.connection.getState())).toBe('2');
    stores.notices.dismiss();
    await connectAnew();
    expect(said()).toBeUndefined();
  });
});
