import { useState } from 'react';
import { useStore } from 'zustand';
import { useStores } from '../../app/app-context.ts';
import { OpenedPart } from '../../app/opened-part.tsx';
import { fetched } from '../../ui/fetched.ts';
import { AwaitedPalette } from './awaited-palette.tsx';

const CommandPalette = fetched(async () => (await import('./command-palette.tsx')).default);

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
    <OpenedPart
      fallback={<AwaitedPalette {...{ typed, onClose }} onType={setTyped} />}
      onClose={onClose}
    >
      <CommandPalette {...{ typed, onClose }} />
    </OpenedPart>
  );
}
