import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../app/app-context.ts';
import { AwaitedPalette } from './awaited-palette.tsx';

const CommandPalette = lazy(() => import('./command-palette.tsx'));

/** The palette while it is open; its code comes with the first time. */
export function PaletteHost() {
  const { palette } = useStores();
  const isOpen = useStore(palette, (state) => state.isOpen);
  if (!isOpen) return null;
  return <OpenPalette onClose={() => palette.setState({ isOpen: false, page: null })} />;
}

/** What is typed before the code is there is not lost, and means nothing else meanwhile. */
function OpenPalette({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  return (
    <Suspense fallback={<AwaitedPalette {...{ typed, onClose }} onType={setTyped} />}>
      <CommandPalette {...{ typed, onClose }} />
    </Suspense>
  );
}
