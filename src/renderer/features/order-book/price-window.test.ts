import { describe, expect, it } from 'vitest';
import { axisPrices, centredWithin, FollowingWindow } from './price-window.ts';

describe('FollowingWindow', () => {
  it('stands still while the middle stays near its centre, and follows in jumps', () => {
    const following = new FollowingWindow();
    expect(following.window).toBeNull();
    following.follow(100, 10);
    expect(following.window).toEqual({ low: 90, high: 110 });
    following.follow(104, 11);
    expect(following.window).toEqual({ low: 90, high: 110 });
    following.follow(106, 10);
    expect(following.window).toEqual({ low: 96, high: 116 });
  });

  it('shows less when it is zoomed in, with bounds', () => {
    const following = new FollowingWindow();
    following.follow(100, 10);
    following.zoom(1);
    expect(following.window).toEqual({ low: 92, high: 108 });
    following.zoom(-1);
    following.zoom(-1_000);
    const { low = 0, high = 0 } = following.window ?? {};
    expect(high - low).toBeLessThan(1_000);
  });

  it('is made anew for a market of another width', () => {
    const following = new FollowingWindow();
    following.follow(100, 10);
    following.follow(100, 100);
    expect(following.window).toEqual({ low: 0, high: 200 });
    following.follow(Number.NaN, 1);
    following.follow(100, 0);
    expect(following.window).toEqual({ low: 0, high: 200 });
  });
});

describe('axisPrices', () => {
  it('are round, within the window, and few', () => {
    expect(axisPrices({ low: 57_391.2, high: 57_408.7 }, 5, 0.1)).toEqual([57_395, 57_400, 57_405]);
    expect(axisPrices({ low: 0.9, high: 1.1 }, 4, 0.01)).toEqual([0.9, 1, 1.1]);
    expect(axisPrices({ low: 1, high: 1 }, 4, 0.01)).toEqual([]);
  });

  it('are never finer than the instrument’s own step', () => {
    expect(axisPrices({ low: 10, high: 12 }, 20, 1)).toEqual([10, 11, 12]);
  });
});

describe('a text on an axis', () => {
  it('is whole at both ends, and stands at its price in between', () => {
    expect([10, 50, 190].map((middle) => centredWithin(middle, 40, 200))).toEqual([20, 50, 180]);
  });
});
