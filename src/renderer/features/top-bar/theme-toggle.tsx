import { useState } from 'react';
import { keepTheme, pageStorage, readTheme, themeAfter } from '../../app/preferences.ts';
import { Button } from '../../ui/button.tsx';

const SIGNS = { dark: '◐', light: '○', system: '◑' } as const;

export function ThemeToggle() {
  const [theme, setTheme] = useState(() => readTheme(pageStorage));
  const next = themeAfter(theme);
  const label = `Theme: ${theme}. Change to ${next}`;
  return (
    <Button
      variant="quiet"
      aria-label={label}
      title={label}
      testId="theme-toggle"
      onClick={() => {
        keepTheme(pageStorage, next);
        setTheme(next);
      }}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </Button>
  );
}
