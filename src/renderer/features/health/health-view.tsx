import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanelAnswers } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { ChannelsView } from './channels-view.tsx';
import { ClientsView } from './clients-view.tsx';
import styles from './health.module.css';
import { LogView } from './log-view.tsx';
import { OverviewView } from './overview-view.tsx';

const cx = bindClassNames(styles);

const SECTIONS = ['overview', 'clients', 'channels', 'log'] as const;
type Section = (typeof SECTIONS)[number];

const VIEWS = {
  overview: OverviewView,
  clients: ClientsView,
  channels: ChannelsView,
  log: LogView,
} as const;

/** How the monitor itself does: the hub, its clients and channels, the disk, the log. */
export function HealthView() {
  const { t } = useTranslation('health');
  const [section, setSection] = useState<Section>('overview');
  usePanelAnswers({
    'health.overview': () => setSection('overview'),
    'health.clients': () => setSection('clients'),
    'health.channels': () => setSection('channels'),
    'health.log': () => setSection('log'),
  });
  const View = VIEWS[section];
  return (
    <div className={cx('view')}>
      <div className={cx('tabs')}>
        <Tabs
          label={t('sections.label')}
          tabs={SECTIONS.map((key) => ({ key, label: t(`sections.${key}`) }))}
          selected={section}
          onSelect={setSection}
        />
      </div>
      <div
        className={cx('section')}
        role="tabpanel"
        aria-label={t(`sections.${section}`)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: figures take no focus, and are scrolled by keyboard
        tabIndex={0}
      >
        <View />
      </div>
    </div>
  );
}
