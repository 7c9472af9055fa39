import { useStore } from 'zustand';
import { assertNever } from '#domain/assert.ts';
import type { DialogKind } from '../stores/dialog-store.ts';
import { fetched } from '../ui/fetched.ts';
import { useStores } from './app-context.ts';
import { OpenedPart } from './opened-part.tsx';

const NewBotDialog = fetched(
  async () => (await import('../features/bots/new-bot-dialog.tsx')).default,
);
const OrderDialog = fetched(
  async () => (await import('../features/orders/order-dialog.tsx')).default,
);
const ArchivedBotsDialog = fetched(
  async () => (await import('../features/bots/archived-bots-dialog.tsx')).default,
);
const AddExchangeDialog = fetched(
  async () => (await import('../features/feeds/add-exchange-dialog.tsx')).default,
);
const LayoutNameDialog = fetched(
  async () => (await import('../workspace/layout-name-dialog.tsx')).default,
);

/** The page's dialog while one is open; its code comes with the first time. */
export function DialogHost() {
  const { dialogs } = useStores();
  const open = useStore(dialogs, (state) => state.open);
  if (open === null) return null;
  const close = () => dialogs.setState({ open: null, order: null });
  return (
    <OpenedPart onClose={close}>
      <Shown kind={open} onClose={close} />
    </OpenedPart>
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
