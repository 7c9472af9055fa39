import type { JournalEntry } from '#domain/journal.ts';
import type { HubClient } from '../client/hub-client.ts';
import { type Choice, confirming } from '../commands/choice.ts';
import type { Command } from '../commands/command.ts';
import { translator } from '../i18n/i18n.ts';
import { removeNote } from '../stores/journal-notes.ts';
import type { Stores } from '../stores/stores.ts';
import { formatFullDateTime } from '../ui/format.ts';
import type { PanelAsks } from '../workspace/panel-asks.ts';
import { type HubChoiceParts, hubChoice } from './hub-choice.ts';
import { sayRefusal } from './say-refusal.ts';

export interface JournalChoiceParts extends HubChoiceParts {
  readonly client: Pick<HubClient, 'request'>;
  readonly stores: Pick<Stores, 'connection' | 'journalMarks' | 'journalNotes' | 'notices'>;
  readonly asks: Pick<PanelAsks, 'ask'>;
}

const t = translator('command-palette');

type LeadsTo = (entry: JournalEntry, note: string) => Choice['leadsTo'];

/** What a note of the journal has a button for: one is chosen first, by its words. */
export function journalChoiceCommands(parts: JournalChoiceParts): readonly Command[] {
  const { asks, stores } = parts;
  const command = (id: string, name: 'editNote' | 'removeNote', leadsTo: LeadsTo) =>
    hubChoice(parts, {
      ...{ id, group: 'trading', title: () => t(`commands.${name}`) },
      page: {
        question: () => t(`choice.${name}`),
        choices: () => stores.journalNotes.list().map((entry) => choiceOf(entry, leadsTo)),
      },
    });
  return [
    command(
      'journal.edit',
      'editNote',
      ({ id }) =>
        () =>
          asks.ask({ name: 'journal.edit', panel: 'journal', about: id }),
    ),
    command('journal.remove', 'removeNote', (entry, note) =>
      confirming(
        t('choice.removeNoteReally.question', { note }),
        { keep: t('choice.keep'), confirm: t('choice.removeNoteReally.confirm', { note }) },
        () => void sayRefusal(stores, removeNote(parts, entry)),
      ),
    ),
  ];
}

const choiceOf = (entry: JournalEntry, leadsTo: LeadsTo): Choice => {
  const title = `${inShort(entry.text)} · ${formatFullDateTime(entry.createdTime)}`;
  return { id: entry.id, title, keywords: entry.text, leadsTo: leadsTo(entry, title) };
};

const MOST_CHARACTERS = 60;

/** On one line. */
function inShort(text: string): string {
  const words = [...text.replace(/\s+/g, ' ')];
  return words.length <= MOST_CHARACTERS
    ? words.join('')
    : `${words.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
