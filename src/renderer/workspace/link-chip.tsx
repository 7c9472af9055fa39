import { useTranslation } from 'react-i18next';
import { LINKS, type Link } from '../stores/links.ts';
import { Menu, MenuHeading, MenuItem } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import { linkName } from './link-name.ts';
import { LinkSign } from './link-sign.tsx';

export interface LinkChipProps {
  readonly link: Link;
  readonly onLink: (link: Link) => void;
}

/** With whom a panel is linked, and the choice of it. */
export function LinkChip({ link, onLink }: LinkChipProps) {
  const { t } = useTranslation('workspace');
  const label = t('link.label', { link: linkName(link) });
  return (
    <Popover label={label} testId="panel-link" button={<LinkSign link={link} />}>
      {(close) => (
        <Menu label={t('link.menu')}>
          <MenuHeading>{t('link.explained')}</MenuHeading>
          {LINKS.map((one) => (
            <MenuItem
              key={one}
              isChecked={one === link}
              testId={`link-${one}`}
              onSelect={() => {
                close();
                onLink(one);
              }}
            >
              <LinkSign link={one} /> {linkName(one)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </Popover>
  );
}
