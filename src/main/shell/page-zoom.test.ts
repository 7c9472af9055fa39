import { beforeEach, describe, expect, it } from 'vitest';
import { ElectronDouble, type WebContentsDouble } from '#tests/fakes/electron-double.ts';
import { zoomByKeys } from './page-zoom.ts';

let contents: WebContentsDouble;
beforeEach(() => {
  const { webContents } = new new ElectronDouble().modules.BrowserWindow({});
  contents = webContents as WebContentsDouble;
  zoomByKeys(contents);
});

const control = (key: string, more = {}) =>
  contents.press({ type: 'keyDown', control: true, alt: false, key, ...more });

describe('the size of the page', () => {
  it('is changed by the keys that browsers have, which the page does not hear', () => {
    expect([control('='), control('+'), control('-')]).toEqual([true, true, true]);
    expect(contents.getZoomLevel()).toBe(0.5);
    expect(control('0')).toBe(true);
    expect(contents.getZoomLevel()).toBe(0);
  });

  it('is changed by no other key', () => {
    const others = [
      control('k'),
      control('0', { control: false }),
      control('+', { alt: true }),
      control('+', { type: 'keyUp' }),
    ];
    expect(others).toEqual([false, false, false, false]);
    expect(contents.getZoomLevel()).toBe(0);
  });

  it('stays within what can be read and used', () => {
    for (let press = 0; press < 50; press += 1) control('+');
    expect(contents.getZoomLevel()).toBe(6);
    for (let press = 0; press < 50; press += 1) control('-');
    expect(contents.getZoomLevel()).toBe(-3.8);
  });
});
