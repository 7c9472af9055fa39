import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../app/app-context.ts';

const CommandPalette = lazy(() => import('./command-palette.tsx'));

/** The palette while it is open; its code comes with the first time. */
export function PaletteHost() {
  const { palette } = useStores();
  const isOpen = useStore(palette, (state) => state.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <CommandPalette onClose={() => palette.setState({ isOpen: false })} />
    </Suspense>
  );
}
