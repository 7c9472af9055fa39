import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RankFigure, SweepReport, SweepRun } from '#contract/backtest-sweep.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Cell, type Column, Row, type Sorting } from '../../ui/table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { RunFigure } from './run-figure.tsx';
import {
  HOLDOUT,
  nextRunSorting,
  PLACE,
  paramKey,
  type RankedRun,
  RUN_COLUMNS,
  type RunColumn,
  sortRuns,
  withPlaces,
} from './sweep-order.ts';

export interface SweepTableProps {
  readonly sweep: SweepReport;
  /** Those that were tried with several values. */
  readonly params: readonly string[];
  readonly nameOf: (param: string) => string;
  readonly onPlay: (run: SweepRun) => void;
}

const FIRST: Sorting = { key: PLACE, isDescending: false };

/** Left out first where there is little room. */
const WIDE: ReadonlySet<RunColumn> = new Set(['sortino', 'expectancy', 'fills', 'pnl']);
const MEDIUM: ReadonlySet<RunColumn> = new Set(['profitFactor', 'trips', 'winRatePercent']);
const roomFor = (column: RunColumn) =>
  WIDE.has(column) ? 'wide' : MEDIUM.has(column) ? 'medium' : undefined;

/** All runs in their order by any figure, with what each did on the part held out. */
export function SweepTable({ sweep, params, nameOf, onPlay }: SweepTableProps) {
  const { t } = useTranslation('backtest');
  const [sorting, setSorting] = useState(FIRST);
  const { rankedBy, runs, holdoutTime } = sweep;
  const hasHoldout = holdoutTime !== null;
  const ordered = useMemo(
    () => sortRuns(withPlaces(runs), sorting, rankedBy),
    [runs, sorting, rankedBy],
  );
  const columns = columnsOf({ t, params, nameOf, sweep });
  return (
    <VirtualTable
      label={t('tabs.ranking')}
      count={ordered.length}
      testId="sweep-table"
      onSort={(key) => setSorting((current) => nextRunSorting(current, key))}
      {...{ columns, sorting }}
    >
      {(index) => {
        const ranked = ordered[index];
        return (
          ranked && (
            <RunRow
              key={ranked.place}
              {...{ ranked, index, params, hasHoldout, rankedBy, onPlay }}
            />
          )
        );
      }}
    </VirtualTable>
  );
}

/** What it is ranked by stands first, beside what that was on the part held out. */
const figuresBehind = (rankedBy: RankFigure): readonly RunColumn[] =>
  RUN_COLUMNS.filter((column) => column !== rankedBy);

interface ColumnParts extends Pick<SweepTableProps, 'sweep' | 'params' | 'nameOf'> {
  readonly t: TFunction<'backtest'>;
}

function columnsOf({ t, sweep, params, nameOf }: ColumnParts): readonly Column[] {
  const { rankedBy, holdoutTime } = sweep;
  const figure = t(`figures.${rankedBy}.label`);
  const column = (key: RunColumn): Column => ({
    ...{ key, align: 'end' },
    label: t(`figures.${key}.label`),
    title: t(`figures.${key}.title`),
  });
  const holdout: Column = {
    ...{ key: HOLDOUT, label: t('sweep.holdout'), align: 'end' },
    title: t('sweep.holdoutTitle', { figure }),
  };
  return [
    { key: PLACE, label: t('sweep.place'), title: t('sweep.placeTitle', { figure }) },
    ...params.map((name): Column => ({ key: paramKey(name), label: nameOf(name), align: 'end' })),
    column(rankedBy),
    ...(holdoutTime === null ? [] : [holdout]),
    ...figuresBehind(rankedBy).map((key): Column => {
      const only = roomFor(key);
      return only === undefined ? column(key) : { ...column(key), only };
    }),
  ];
}

interface RunRowProps extends Pick<SweepTableProps, 'params' | 'onPlay'> {
  readonly ranked: RankedRun;
  readonly index: number;
  readonly hasHoldout: boolean;
  readonly rankedBy: RankFigure;
}

function RunRow({ ranked, index, params, hasHoldout, rankedBy, onPlay }: RunRowProps) {
  const { t } = useTranslation('backtest');
  const { place, run } = ranked;
  const play = () => onPlay(run);
  return (
    <Row index={index} onSelect={play} testId="sweep-row">
      <Cell {...(run.error !== null && { title: run.error })}>
        <LinkButton
          label={t('sweep.play', { place })}
          testId={`sweep-play-${place}`}
          onClick={play}
        >
          {run.error === null ? place : t('sweep.failed', { place })}
        </LinkButton>
      </Cell>
      {params.map((name) => (
        <Cell key={name} align="end" tone="strong">
          {String(run.params[name])}
        </Cell>
      ))}
      <Cell align="end">
        <RunFigure figures={run.figures} of={rankedBy} />
      </Cell>
      {hasHoldout && (
        <Cell align="end">
          <RunFigure figures={run.holdout} of={rankedBy} />
        </Cell>
      )}
      {figuresBehind(rankedBy).map((column) => (
        <Cell key={column} align="end" only={roomFor(column)}>
          <RunFigure figures={run.figures} of={column} />
        </Cell>
      ))}
    </Row>
  );
}
