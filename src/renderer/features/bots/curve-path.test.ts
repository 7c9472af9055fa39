import { expect, it } from 'vitest';
import { curvePath } from './curve-path.ts';

const BOX = { width: 100, height: 10 };

it('goes from edge to edge, the highest at the top', () => {
  const points = [
    { time: 5, value: 10 },
    { time: 10, value: 30 },
    { time: 25, value: 20 },
  ];
  expect(curvePath(points, BOX)).toBe('M0.0 10.0L25.0 0.0L100.0 5.0');
});

it('runs through the middle where nothing changes, and is empty of nothing', () => {
  expect(
    curvePath(
      [
        { time: 1, value: 7 },
        { time: 2, value: 7 },
      ],
      BOX,
    ),
  ).toBe('M0.0 5.0L100.0 5.0');
  expect(curvePath([], BOX)).toBe('');
});
