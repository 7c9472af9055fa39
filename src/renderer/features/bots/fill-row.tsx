import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimal, moneyDecimals } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { useActions } from '../../app/app-context.ts';
import { OpenedPart } from '../../app/opened-part.tsx';
import { fetched } from '../../ui/fetched.ts';
import { formatMoney, formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SideText } from '../../ui/side-text.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, Row } from '../../ui/table.tsx';
import { FillWhyView } from './fill-why.tsx';

const FillNotes = fetched(async () => (await import('../journal/fill-notes.tsx')).default);

const FEE_DECIMALS = 4;

/** What is unfolded below a fill. */
type Unfolded = 'why' | 'notes' | null;

export interface FillRowProps {
  readonly fill: Fill;
  readonly priceIncrement: number | undefined;
  readonly now: number;
  /** It was just gone to. */
  readonly isRevealed: boolean;
  /** Whether there are notes on it; null where none can be written. */
  readonly hasNotes: boolean | null;
  readonly columnCount: number;
}

/** A fill: its time takes the chart there; why it came to be, and notes on it, are unfolded below. */
export function FillRow({ columnCount, ...row }: FillRowProps) {
  const [unfolded, setUnfolded] = useState<Unfolded>(null);
  const { fill } = row;
  return (
    <>
      <Figures {...row} unfolded={unfolded} onUnfold={setUnfolded} />
      {unfolded !== null && (
        <tr>
          <td colSpan={columnCount}>
            {unfolded === 'why' ? (
              <FillWhyView fillId={fill.id} priceIncrement={row.priceIncrement} />
            ) : (
              <OpenedPart onClose={() => setUnfolded(null)}>
                <FillNotes fill={fill} />
              </OpenedPart>
            )}
          </td>
        </tr>
      )}
    </>
  );
}

interface FiguresProps extends Omit<FillRowProps, 'columnCount'> {
  readonly unfolded: Unfolded;
  readonly onUnfold: (what: Unfolded) => void;
}

function Figures({ fill, priceIncrement, now, isRevealed, ...below }: FiguresProps) {
  const { t } = useTranslation('bots');
  const { selectFill } = useActions();
  const show = () => selectFill(fill);
  return (
    <Row isRevealed={isRevealed} onSelect={show} testId="fill-row">
      <Cell tone="dim" title={t('fills.show')}>
        <LinkButton isQuiet testId={`fill-show-${fill.id}`} onClick={show}>
          {formatTime(fill.eventTime, now)}
        </LinkButton>
      </Cell>
      <Cell>
        <SideText side={fill.side} />
      </Cell>
      <Cell align="end">{formatPriceDecimal(fill.price, priceIncrement)}</Cell>
      <Cell align="end">{formatQuantity(fill.quantity)}</Cell>
      <Cell align="end">
        <SignedMoney value={fill.realizedPnl} />
      </Cell>
      <Cell align="end" only="medium" tone="dim" title={fill.feeCurrency}>
        {formatMoney(fill.fee, {
          decimals: Math.max(FEE_DECIMALS, moneyDecimals(decimal(fill.fee))),
        })}
      </Cell>
      <Cell only="wide" tone="dim">
        {t(`fills.${fill.liquidity}`)}
      </Cell>
      <UnfoldingCells fillId={fill.id} {...below} />
    </Row>
  );
}

interface UnfoldingCellsProps extends Pick<FiguresProps, 'hasNotes' | 'unfolded' | 'onUnfold'> {
  readonly fillId: string;
}

function UnfoldingCells({ fillId, hasNotes, unfolded, onUnfold }: UnfoldingCellsProps) {
  const { t } = useTranslation('bots');
  const toggle = (what: Unfolded) => () => onUnfold(unfolded === what ? null : what);
  return (
    <>
      <Cell align="end">
        {hasNotes !== null && (
          <LinkButton
            isQuiet={!hasNotes}
            testId={`fill-note-${fillId}`}
            label={t(hasNotes ? 'fills.notes' : 'fills.note')}
            isExpanded={unfolded === 'notes'}
            onClick={toggle('notes')}
          >
            {t(hasNotes ? 'fills.notesMark' : 'fills.noteMark')}
          </LinkButton>
        )}
      </Cell>
      <Cell align="end">
        <LinkButton
          testId={`fill-why-${fillId}`}
          isExpanded={unfolded === 'why'}
          onClick={toggle('why')}
        >
          {t('why.ask')}
        </LinkButton>
      </Cell>
    </>
  );
}
