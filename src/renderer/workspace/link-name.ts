import { translator } from '../i18n/i18n.ts';
import { type Link, PINNED } from '../stores/links.ts';

const t = translator('workspace');

/** In the language of the moment. */
export const linkName = (link: Link): string =>
  link === PINNED ? t('link.pinned') : t('link.group', { group: link });
