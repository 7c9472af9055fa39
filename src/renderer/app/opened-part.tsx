import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { useStores } from './app-context.ts';

export interface OpenedPartProps {
  /** Stands there while its code is awaited; nothing by default. */
  readonly fallback?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog, or what else was opened and can be closed. One that fails is closed, and a notice says why. */
export function OpenedPart({ fallback = null, onClose, children }: OpenedPartProps) {
  const { t } = useTranslation('workspace');
  const { notices } = useStores();
  const fail = (text: () => string) => {
    notices.say({ text });
    onClose();
  };
  return (
    <ErrorBoundary name={t('parts.opened')} onFailure={fail}>
      <Suspense fallback={fallback}>{children}</Suspense>
    </ErrorBoundary>
  );
}
