import { expect, it } from 'vitest';
import { benchDisconnects } from '../bench/hub/disconnects.ts';

it('[B4][B5] kills, resets and half-open lines under load leave every stream whole, over both transports', async () => {
  const result = await benchDisconnects(60);
  const { kill, reset, halfOpen } = result.byCause;
  expect(Math.min(kill, reset, halfOpen)).toBeGreaterThan(0);
  expect(result.disconnectsSeen).toBeGreaterThan(kill);
  expect(result).toMatchObject({
    reconnected: result.clients,
    isComplete: true,
    missing: 0,
    doubled: 0,
    notRecovered: 0,
  });
}, 120_000);
