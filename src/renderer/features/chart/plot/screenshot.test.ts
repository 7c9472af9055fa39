import { describe, expect, it } from 'vitest';
import { pictureName } from './screenshot.ts';

describe('the name of a picture', () => {
  it('says what, in which interval and when, in letters that every disk takes', () => {
    const time = Date.UTC(2024, 2, 14, 14, 3, 59, 42);
    expect(pictureName('BTC/USDT', '1m', time)).toBe('tapedeck-BTC-USDT-1m-20240314T140359.png');
    expect(pictureName('BTC/USDT:USDT', '50t', time)).toContain('BTC-USDT-USDT-50t');
  });
});
