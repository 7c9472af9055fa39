import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SweepReport } from '#contract/backtest-sweep.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NOTHING } from '../../ui/format.ts';
import { type HeatCell, heatCells } from './heat-cells.ts';
import styles from './heat-map.module.css';
import { RunFigure } from './run-figure.tsx';
import type { SweepTableProps } from './sweep-table.tsx';

const cx = bindClassNames(styles);

/** More can neither be read nor drawn in a frame. */
const MOST_CELLS = 2_500;

/** The figure that is ranked by, over two of the parameters: one good run among bad ones is luck. */
export function HeatMap({ sweep, params, nameOf, onPlay }: SweepTableProps) {
  const { t } = useTranslation('backtest');
  const [first = '', second = ''] = params;
  const [[x, y], setAxes] = useState<readonly [string, string]>([first, second]);
  const { rankedBy } = sweep;
  const map = useMemo(
    () => heatCells(sweep.runs, { x, y, figure: rankedBy }),
    [sweep.runs, x, y, rankedBy],
  );
  // Choosing what stands on the other axis changes the two.
  const choose = (axis: 'x' | 'y', name: string) => {
    if (axis === 'x') setAxes([name, name === y ? x : y]);
    else setAxes([name === x ? y : x, name]);
  };
  const axis = (which: 'x' | 'y', value: string) => (
    <label>
      {t(`heat.${which}`)}{' '}
      <select
        className={cx('choice')}
        value={value}
        data-testid={`heat-${which}`}
        onChange={({ target }) => choose(which, target.value)}
      >
        {params.map((name) => (
          <option key={name} value={name}>
            {nameOf(name)}
          </option>
        ))}
      </select>
    </label>
  );
  const figure = t(`figures.${rankedBy}.label`);
  return (
    <div className={cx('heat')}>
      <div className={cx('axes')}>
        {axis('x', x)}
        {axis('y', y)}
        <span className={cx('dim')}>
          {t(params.length > 2 ? 'heat.bestOf' : 'heat.shows', { figure })}
        </span>
      </div>
      {map.columns.length * map.rows.length > MOST_CELLS ? (
        <EmptyState text={t('heat.tooMany')} />
      ) : (
        <div className={cx('frame')}>
          <table
            className={cx('map')}
            aria-label={t('heat.label', { figure, x: nameOf(x), y: nameOf(y) })}
            data-testid="heat-map"
          >
            <thead>
              <tr>
                <th scope="col">
                  {nameOf(y)} \ {nameOf(x)}
                </th>
                {map.columns.map((value) => (
                  <th key={String(value)} scope="col">
                    {String(value)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {map.rows.map((value, row) => (
                <tr key={String(value)}>
                  <th scope="row">{String(value)}</th>
                  {map.cells[row]?.map((cell, column) => (
                    <HeatTableCell
                      key={String(map.columns[column])}
                      {...{ cell, rankedBy, onPlay }}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

interface HeatTableCellProps
  extends Pick<SweepTableProps, 'onPlay'>,
    Pick<SweepReport, 'rankedBy'> {
  readonly cell: HeatCell;
}

/** Text stays legible on the strongest colour. */
const STRONGEST_PERCENT = 45;

function HeatTableCell({ cell: { run, value, heat }, rankedBy, onPlay }: HeatTableCellProps) {
  if (run === null || value === null) return <td className={cx('none')}>{NOTHING}</td>;
  const strength = Math.round(Math.abs(heat) * STRONGEST_PERCENT);
  return (
    <td className={cx(heat < 0 ? 'bad' : 'good')} style={{ ['--heat' as string]: `${strength}%` }}>
      <button type="button" className={cx('cell')} onClick={() => onPlay(run)}>
        <RunFigure figures={run.figures} of={rankedBy} />
      </button>
    </td>
  );
}
