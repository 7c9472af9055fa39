import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Side } from '#domain/side.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatPrice } from '../../ui/format.ts';
import styles from './chart.module.css';

const cx = bindClassNames(styles);

/** Where the menu was asked for: pixels in the plot, and the price there. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly price: number;
}

export interface MenuCommands {
  readonly close: () => void;
  readonly createAlert: (price: number) => void;
  readonly drawLevel: (price: number) => void;
  readonly copyPrice: (text: string) => Promise<void>;
  readonly showNewest: () => void;
  readonly removeSelected: () => void;
  readonly selection: () => 'order' | 'other' | null;
  readonly order: (type: 'limit' | 'stop', side: Side, price: number) => void;
  /** Below it one buys with a limit, above it with a stop; undefined while there is none. */
  readonly lastPrice: () => number | undefined;
}

export interface ChartMenuProps extends MenuPlace {
  readonly priceIncrement: number;
  readonly commands: MenuCommands;
}

/** The orders that wait at a price: a limit on its side of the market, a stop on the other. */
const orderItems = (price: number, last: number | undefined) =>
  last === undefined || price <= last
    ? ([
        { type: 'limit', side: 'buy' },
        { type: 'stop', side: 'sell' },
      ] as const)
    : ([
        { type: 'limit', side: 'sell' },
        { type: 'stop', side: 'buy' },
      ] as const);

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** What can be done at a price of the chart: a menu as the ARIA pattern has it. */
export function ChartMenu({ x, y, price, priceIncrement, commands }: ChartMenuProps) {
  const { t } = useTranslation('chart');
  const ref = useRef<HTMLDivElement>(null);
  const place = usePlaceInside(ref, x, y);
  useClosing(ref, commands.close);
  const text = formatPrice(price, priceIncrement);
  const items = [
    {
      key: 'alert',
      label: t('menu.alert', { price: text }),
      run: () => commands.createAlert(price),
    },
    { key: 'level', label: t('menu.level', { price: text }), run: () => commands.drawLevel(price) },
    ...orderItems(price, commands.lastPrice()).map(({ type, side }) => ({
      key: `${side}-${type}`,
      label: t(`menu.order.${type}.${side}`, { price: text }),
      run: () => commands.order(type, side, price),
    })),
    {
      key: 'copy',
      label: t('menu.copy', { price: text }),
      run: () => void commands.copyPrice(text),
    },
    { key: 'newest', label: t('menu.newest'), run: commands.showNewest },
  ];
  const selection = commands.selection();
  if (selection !== null) {
    // Asked for at what is selected, that is what is meant.
    items.unshift({
      key: 'remove',
      label: t(selection === 'order' ? 'menu.cancelSelected' : 'menu.removeSelected'),
      run: commands.removeSelected,
    });
  }
  return (
    <div
      ref={ref}
      className={cx('menu')}
      style={place}
      role="menu"
      tabIndex={-1}
      aria-label={t('menu.name')}
      data-testid="chart-menu"
      onKeyDown={(event) => moveFocus(event, commands.close)}
    >
      {items.map(({ key, label, run }) => (
        <button
          key={key}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={cx('menuItem')}
          data-testid={`menu-${key}`}
          onClick={() => {
            commands.close();
            run();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    close();
    return;
  }
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const index = items.indexOf(document.activeElement as HTMLElement);
  items[(index + step + items.length) % items.length]?.focus();
}

/** At the point, but not over the edge. */
function usePlaceInside(ref: React.RefObject<HTMLElement | null>, x: number, y: number) {
  const [place, setPlace] = useState({ left: x, top: y });
  useLayoutEffect(() => {
    const element = ref.current;
    const room = element?.offsetParent;
    if (!element || !room) return;
    setPlace({
      left: Math.max(0, Math.min(x, room.clientWidth - element.offsetWidth)),
      top: Math.max(0, Math.min(y, room.clientHeight - element.offsetHeight)),
    });
  }, [ref, x, y]);
  return place;
}

/** Takes the focus as it is shown (the next key is the menu’s), gives it back, and closes at the first press elsewhere. */
function useClosing(ref: React.RefObject<HTMLElement | null>, close: () => void): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    ref.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) close();
    };
    window.addEventListener('pointerdown', onPress, { capture: true });
    return () => {
      window.removeEventListener('pointerdown', onPress, { capture: true });
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [ref, close]);
}
