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
import { fetchAtLeisure } from './app/fetch-at-leisure.ts';
import { createPageLocks } from './app/page-locks.ts';
import { tabStorage } from './app/page-storage.ts';
import { speakAsPreferred, speakEverywhere } from './app/speak-everywhere.ts';
import { showAppearance } from './preferences/appearance.ts';
import { followPace } from './preferences/follow-pace.ts';
import { fetchLater } from './ui/fetched.ts';
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
followPace(preferences);
const { language, timeZone } = preferences.getState();
setTimeZone(timeZone);
// A page whose chunk of texts cannot be fetched speaks English instead.
await speakEverywhere(language).catch(() => speakEverywhere('en'));
speakAsPreferred(services);
// Names are in whatever script people gave them. Of the font's files those are fetched that have signs on screen.
fetchLater(() => import('@fontsource-variable/noto-sans-kr/wght.css'));
fetchAtLeisure(services.client);
createRoot(root).render(
  <StrictMode>
    <AppContext value={services}>
      <App />
    </AppContext>
  </StrictMode>,
);
