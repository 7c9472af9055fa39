import { useTranslation } from 'react-i18next';
import { PaletteHost } from '../features/command-palette/palette-host.tsx';
import { DeckBars } from '../features/replay/deck-bars.tsx';
import { ConnectionBanner } from '../features/status-bar/connection-banner.tsx';
import { StatusBar } from '../features/status-bar/status-bar.tsx';
import { StorageBanner } from '../features/status-bar/storage-banner.tsx';
import { TopBar } from '../features/top-bar/top-bar.tsx';
import { bindClassNames } from '../ui/class-names.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { WorkspaceView } from '../workspace/workspace-view.tsx';
import styles from './app.module.css';
import { DialogHost } from './dialog-host.tsx';
import { NoticeToast } from './notice-toast.tsx';

const cx = bindClassNames(styles);

/** The page: what is always there, above and below the panels, and the panels. */
export function App() {
  const { t } = useTranslation('workspace');
  return (
    <div className={cx('app')}>
      <ErrorBoundary name={t('parts.topBar')}>
        <TopBar />
      </ErrorBoundary>
      <div>
        <ErrorBoundary name={t('parts.decks')}>
          <DeckBars />
        </ErrorBoundary>
      </div>
      <main className={cx('panels')}>
        <ErrorBoundary name={t('parts.banners')}>
          <ConnectionBanner />
          <StorageBanner />
          <NoticeToast />
        </ErrorBoundary>
        <ErrorBoundary name={t('parts.workspace')}>
          <WorkspaceView />
        </ErrorBoundary>
      </main>
      <ErrorBoundary name={t('parts.statusBar')}>
        <StatusBar />
      </ErrorBoundary>
      <PaletteHost />
      <DialogHost />
    </div>
  );
}
