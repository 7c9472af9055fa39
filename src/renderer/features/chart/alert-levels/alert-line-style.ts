import { LineStyle } from 'lightweight-charts';
import { translator } from '../../../i18n/i18n.ts';
import type { ChartTheme } from '../plot/chart-theme.ts';
import type { KeyedLine } from '../plot/price-line-layer.ts';
import type { AlertLevel } from './alert-levels.ts';

/** How an alert's level looks: dotted and in the colour of warnings; paler where it is switched off. */
export function alertLineStyle(
  { id, price, isEnabled }: AlertLevel,
  isSelected: boolean,
  theme: ChartTheme,
): KeyedLine {
  const color = isEnabled ? theme.warning : theme.crosshair;
  return {
    ...{ key: id, price, color, lineWidth: isSelected ? 2 : 1 },
    ...{ lineStyle: isSelected ? LineStyle.Solid : LineStyle.SparseDotted },
    ...{ axisLabelVisible: true, axisLabelColor: color, axisLabelTextColor: theme.ground },
    title: translator('chart')('alert.title'),
  };
}
