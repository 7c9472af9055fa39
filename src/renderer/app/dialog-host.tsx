import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { assertNever } from '#domain/assert.ts';
import type { DialogKind } from '../stores/dialog-store.ts';
import { useStores } from './app-context.ts';

const NewBotDialog = lazy(() => import('../features/bots/new-bot-dialog.tsx'));
const OrderDialog = lazy(() => import('../features/orders/order-dialog.tsx'));
const ArchivedBotsDialog = lazy(() => import('../features/bots/archived-bots-dialog.tsx'));
const AddExchangeDialog = lazy(() => import('../features/feeds/add-exchange-dialog.tsx'));
const LayoutNameDialog = lazy(() => import('../workspace/layout-name-dialog.tsx'));

/** The page's dialog while one is open; its code comes with the first time. */
export function DialogHost() {
  const { dialogs } = useStores();
  const open = useStore(dialogs, (state) => state.open);
  if (open === null) return null;
  return (
    <Suspense fallback={null}>
      <Shown kind={open} onClose={() => dialogs.setState({ open: null, order: null })} />
    </Suspense>
  );
}

interface ShownProps {
  readonly kind: DialogKind;
  readonly onClose: () => void;
}

function Shown({ kind, onClose }: ShownProps) {
  switch (kind) {
    case 'new-bot':
      return <NewBotDialog onClose={onClose} />;
    case 'new-order':
      return <OrderDialog onClose={onClose} />;
    case 'archived-bots':
      return <ArchivedBotsDialog onClose={onClose} />;
    case 'add-exchange':
      return <AddExchangeDialog text="" onClose={onClose} />;
    case 'save-layout':
      return <LayoutNameDialog purpose="save" onClose={onClose} />;
    case 'rename-layout':
      return <LayoutNameDialog purpose="rename" onClose={onClose} />;
    default:
      return assertNever(kind);
  }
}
