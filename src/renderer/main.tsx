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
import { applyTheme, pageStorage, readLanguage, readTheme } from './app/preferences.ts';
import { speak } from './i18n/i18n.ts';

applyTheme(readTheme(pageStorage));

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no #root');
const services = compose();
const language = readLanguage(pageStorage, navigator.languages);
// A page whose chunk of texts cannot be fetched speaks English instead.
await speak(language).catch(() => speak('en'));
createRoot(root).render(
  <StrictMode>
    <AppContext value={services}>
      <App />
    </AppContext>
  </StrictMode>,
);
