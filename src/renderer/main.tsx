import './jitless.ts';
import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '#domain/assert.ts';
import { App } from './app/app.tsx';
import { AppContext } from './app/app-context.ts';
import { compose } from './app/compose.ts';
import { createPageLocks } from './app/page-locks.ts';
import { tabStorage } from './app/page-storage.ts';
import { speakEverywhere } from './app/speak-everywhere.ts';
import { showAppearance } from './preferences/appearance.ts';
import { setTimeZone } from './ui/format.ts';
import { createWindowId } from './workspace/layout-window.ts';
import { claimPageWindow } from './workspace/page-window.ts';

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no #root');
const services = compose(
  await claimPageWindow({
    ...{ locks: createPageLocks(createWindowId()), tab: tabStorage, search: location.search },
    createId: createWindowId,
  }),
);
const { preferences } = services;
showAppearance(preferences);
const { language, timeZone } = preferences.getState();
setTimeZone(timeZone);
// A page whose chunk of texts cannot be fetched speaks English instead.
await speakEverywhere(language).catch(() => speakEverywhere('en'));
preferences.subscribe((now, before) => {
  if (now.language === before.language && now.timeZone === before.timeZone) return;
  setTimeZone(now.timeZone);
  // In the same language as well: whatever shows times is drawn again as after a change of it.
  void speakEverywhere(now.language);
});
// Names are in whatever script people gave them. Of the font's files those are fetched that have signs on screen.
requestIdleCallback(() => void import('@fontsource-variable/noto-sans-kr/wght.css'));
createRoot(root).render(
  <StrictMode>
    <AppContext value={services}>
      <App />
    </AppContext>
  </StrictMode>,
);
