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
import { speak } from './i18n/i18n.ts';
import { showAppearance } from './preferences/appearance.ts';

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no #root');
const services = compose();
const { preferences } = services;
showAppearance(preferences);
// A page whose chunk of texts cannot be fetched speaks English instead.
await speak(preferences.getState().language).catch(() => speak('en'));
preferences.subscribe(({ language }, before) => {
  if (language !== before.language) void speak(language);
});
createRoot(root).render(
  <StrictMode>
    <AppContext value={services}>
      <App />
    </AppContext>
  </StrictMode>,
);
