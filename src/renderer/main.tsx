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
import { applyTheme, pageStorage, readTheme } from './app/preferences.ts';

applyTheme(readTheme(pageStorage));

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <AppContext value={compose()}>
      <App />
    </AppContext>
  </StrictMode>,
);
