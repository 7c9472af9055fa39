import { useTranslation } from 'react-i18next';
import { useShortcutText, useStores } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';

/** The way to the commands for who does not know their keys. */
export function CommandButton() {
  const { t } = useTranslation('command-palette');
  const { palette } = useStores();
  const keys = useShortcutText('palette.open');
  return (
    <Button
      variant="quiet"
      testId="command-button"
      title={t('commands.open')}
      onClick={() => palette.setState({ isOpen: true })}
    >
      {t('title')} {keys !== undefined && <kbd>{keys}</kbd>}
    </Button>
  );
}
