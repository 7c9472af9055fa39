import { LineStyle } from 'lightweight-charts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import type { KeyedLine } from '../plot/price-line-layer.ts';
import type { OrderLevel } from './order-levels.ts';
import type { OwnLine } from './own-lines.ts';

/** How a line of ours looks: an entry solid and in the accent, an order dashed and in its side's colour. */
export function ownLineStyle(line: OwnLine, theme: ChartTheme): KeyedLine {
  const isEntry = line.kind === 'entry';
  const sideColor = line.side === 'buy' ? theme.buyOrder : theme.sellOrder;
  return {
    key: line.key,
    price: line.price,
    color: isEntry ? theme.accent : sideColor,
    lineWidth: 1,
    lineStyle: isEntry ? LineStyle.Solid : LineStyle.LargeDashed,
    axisLabelVisible: line.isLabelled,
    axisLabelColor: isEntry ? theme.accent : theme.orderLabel,
    axisLabelTextColor: isEntry ? theme.onAccent : line.side === 'buy' ? theme.up : theme.down,
    title: line.title,
  };
}

/** An order that can be moved looks like others; the selected one is drawn through. */
export function orderLevelStyle(
  { id, price, titleAt, order: { side } }: OrderLevel,
  isSelected: boolean,
  theme: ChartTheme,
): KeyedLine {
  const title = titleAt(price);
  const line = { key: id, kind: 'order', side, price, title, isLabelled: true } as const;
  const selected = { lineWidth: 2, lineStyle: LineStyle.Solid } as const;
  return { ...ownLineStyle(line, theme), ...(isSelected && selected) };
}
