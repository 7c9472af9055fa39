import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_DECKS } from '#contract/replay-requests.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { useActions, useBots, useReplay } from '../../app/app-context.ts';
import type { BotRecord } from '../../stores/bot-store.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { Field, SelectField } from '../../ui/field.tsx';
import { formatClock, formatDate, formatFullDateTime } from '../../ui/format.ts';
import { fromTimeInput, toTimeInput } from '../../ui/time-input.ts';
import { useCommand } from '../../ui/use-command.ts';
import { useTapeInfo } from '../tape-files/use-tape-info.ts';
import styles from './replay-view.module.css';
import { tradesText } from './trades-text.ts';

const cx = bindClassNames(styles);

type Recorded = RequestResult<'tape.info'>['instruments'][number];
const NO_BOT = '';
type DeckAlerts = 'none' | 'live';
/** Offered first: the last hour is what one mostly wants to see again. */
const OFFERED_MS = 3_600_000;

/** What to play: instruments of the tape, from when to when, and a copy of one of our bots. */
export function DeckForm() {
  const { t } = useTranslation('replay');
  const { info, error, reload } = useTapeInfo();
  if (info === null) return <p className={cx('note')}>{error ?? t('form.asking')}</p>;
  if (info.instruments.length === 0) {
    return <p className={cx('note')}>{t('form.empty')}</p>;
  }
  return <LoadedDeckForm instruments={info.instruments} onReload={reload} />;
}

interface LoadedDeckFormProps {
  readonly instruments: readonly Recorded[];
  readonly onReload: () => void;
}

function LoadedDeckForm({ instruments, onReload }: LoadedDeckFormProps) {
  const { t } = useTranslation('replay');
  const { decks, selectInstrument } = useActions();
  const openDecks = useReplay((state) => Object.keys(state.decks).length);
  const [chosen, setChosen] = useState<readonly InstrumentId[]>(() =>
    instruments.slice(0, 1).map(({ instrumentId }) => instrumentId),
  );
  const [range, setRange] = useState(() => offeredRange(instruments.slice(0, 1)));
  const { t: ofAlerts } = useTranslation('alerts');
  const [botId, setBotId] = useState(NO_BOT);
  const [alerts, setAlerts] = useState<DeckAlerts>('none');
  const bots = useBots((state) => state.bots);
  const { isBusy, error, run } = useCommand();

  const toggle = (id: InstrumentId) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    setChosen(next);
    setRange(offeredRange(instruments.filter(({ instrumentId }) => next.includes(instrumentId))));
  };
  const [fromTime, toTime] = [fromTimeInput(range.from), fromTimeInput(range.to)];
  const isWrong = fromTime === null || toTime === null || fromTime >= toTime;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong || chosen.length === 0) return;
    void run(async () => {
      const opened = await decks.open({
        instruments: [...chosen],
        fromTime: fromTime as EpochMs,
        toTime: toTime as EpochMs,
        bots: copyOf(bots[botId], chosen),
        alerts,
      });
      const first = opened.ok ? opened.value.instruments[0] : undefined;
      if (first) selectInstrument(first.id);
      return opened;
    });
  };
  return (
    <form className={cx('form')} onSubmit={submit} data-testid="deck-form">
      <InstrumentChoice instruments={instruments} chosen={chosen} onToggle={toggle} />
      <Field
        label={t('form.from')}
        type="datetime-local"
        step={1}
        value={range.from}
        testId="deck-from"
        error={isWrong ? t('form.wrongRange') : null}
        onChange={({ target }) => setRange({ ...range, from: target.value })}
      />
      <Field
        label={t('form.to')}
        type="datetime-local"
        step={1}
        value={range.to}
        testId="deck-to"
        onChange={({ target }) => setRange({ ...range, to: target.value })}
      />
      <SelectField label={t('form.bot')} value={botId} onChange={setBotId} testId="deck-bot">
        <option value={NO_BOT}>{t('form.noBot')}</option>
        {Object.values(bots)
          .filter((bot) => chosen.includes(bot.config.instrumentId))
          .map(({ config }) => (
            <option key={config.id} value={config.id}>
              {config.name}
            </option>
          ))}
      </SelectField>
      <SelectField
        label={ofAlerts('deck.with')}
        value={alerts}
        testId="deck-alerts-choice"
        onChange={(choice) => setAlerts(choice as DeckAlerts)}
      >
        <option value="none">{ofAlerts('deck.none')}</option>
        <option value="live">{ofAlerts('deck.live')}</option>
      </SelectField>
      <span className={cx('actions')}>
        <Button variant="quiet" onClick={onReload}>
          {t('form.reload')}
        </Button>
        <Button
          variant="accent"
          type="submit"
          testId="deck-open"
          disabled={isBusy || isWrong || chosen.length === 0 || openDecks >= MAX_DECKS}
        >
          {t('form.open')}
        </Button>
      </span>
      {error !== null && (
        <span className={cx('error')} role="alert">
          {error}
        </span>
      )}
    </form>
  );
}

interface InstrumentChoiceProps {
  readonly instruments: readonly Recorded[];
  readonly chosen: readonly InstrumentId[];
  readonly onToggle: (id: InstrumentId) => void;
}

function InstrumentChoice({ instruments, chosen, onToggle }: InstrumentChoiceProps) {
  const { t } = useTranslation('replay');
  const rangeOf = ({ firstTime, lastTime }: Recorded) => {
    const isOneDay = formatDate(firstTime) === formatDate(lastTime);
    const to = isOneDay ? formatClock(lastTime) : formatFullDateTime(lastTime);
    return t('form.range', { from: formatFullDateTime(firstTime), to });
  };
  return (
    <fieldset className={cx('choice')}>
      <legend className={cx('legend')}>{t('form.recorded')}</legend>
      {instruments.map((recorded) => (
        <label key={recorded.instrumentId} className={cx('option')}>
          <input
            type="checkbox"
            checked={chosen.includes(recorded.instrumentId)}
            data-testid={`deck-instrument-${recorded.instrumentId}`}
            onChange={() => onToggle(recorded.instrumentId)}
          />
          <span>{recorded.instrumentId}</span>
          <span className={cx('dim')} title={rangeOf(recorded)}>
            {tradesText(recorded.trades)}, {rangeOf(recorded)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function offeredRange(instruments: readonly Recorded[]): { from: string; to: string } {
  if (instruments.length === 0) return { from: '', to: '' };
  const first = Math.min(...instruments.map(({ firstTime }) => firstTime));
  // Exclusive: the last trade belongs to it.
  const last = Math.max(...instruments.map(({ lastTime }) => lastTime)) + 1_000;
  return { from: toTimeInput(Math.max(first, last - OFFERED_MS)), to: toTimeInput(last) };
}

/** The bot as it is set up, with the cash that it began with; its past stays behind. */
function copyOf(bot: BotRecord | undefined, chosen: readonly InstrumentId[]) {
  if (bot === undefined || !chosen.includes(bot.config.instrumentId)) return [];
  const { name, strategy, instrumentId, params, initialCash, makerFeeBps, takerFeeBps } =
    bot.config;
  return [
    { name, strategy, instrumentId, params: { ...params }, initialCash, makerFeeBps, takerFeeBps },
  ];
}
