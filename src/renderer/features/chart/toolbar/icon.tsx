import { bindClassNames } from '../../../ui/class-names.ts';
import styles from './toolbar.module.css';

const cx = bindClassNames(styles);

/** Strokes in a square of 16. */
const PATHS = {
  pointer: 'M4 3l8 5-3.6.9L7 12.5z',
  level: 'M1.5 8h13M8 8v0',
  trend: 'M3 12.5L13 3.5M3 12.5v0M13 3.5v0',
  ray: 'M3 11L15 4M3 11v0M8 8v0',
  rectangle: 'M2.5 4.5h11v7h-11z',
  measure: 'M2.5 5.5h11v5h-11zM5 5.5v2M7.5 5.5v3M10 5.5v2',
  undo: 'M5.5 3.5L2.5 6.5l3 3M2.5 6.5h7a4 4 0 010 8H6',
  redo: 'M10.5 3.5l3 3-3 3M13.5 6.5h-7a4 4 0 000 8H10',
  remove: 'M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4',
  indicators: 'M2 11.5c2-7 4-7 6-3s4 3 6-5',
  compare: 'M2 12l4-5 3 2 5-6M2 7l4 3 3-3 5 6',
  camera: 'M2.5 5h2.6l1-1.5h3.8l1 1.5h2.6v7.5h-11zM8 6.8a2 2 0 100 4 2 2 0 000-4z',
} as const;

export type IconName = keyof typeof PATHS;

/** A sign for those who see it; its button says the same in words. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className={cx('icon')} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
