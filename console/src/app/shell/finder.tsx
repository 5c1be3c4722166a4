import type { RefObject } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { language } from '../../texts';
import styles from './finder.module.css';

export type FinderChoice = { id: string; text: string; note: string };

type Props = {
  /** The button below which it opens. */
  of: RefObject<HTMLElement | null>;
  label: string;
  choices: readonly FinderChoice[];
  empty: string;
  onPick: (id: string) => void;
  onClose: () => void;
};

const most = 200;

/** A short list of which one is picked by typing a part of its name. */
export default function Finder({ of, label, choices, empty, onPick, onClose }: Props) {
  const { contains } = useFilter({ sensitivity: 'base' });
  return (
    <Popover triggerRef={of} isOpen onOpenChange={(open) => !open && onClose()} className={styles.popover} placement="bottom start">
      <Dialog aria-label={label} className={styles.finder} lang={language}>
        <Autocomplete filter={contains}>
          <SearchField aria-label={label} autoFocus className={styles.field}>
            <Input className={styles.input} placeholder={label} />
          </SearchField>
          <ListBox
            aria-label={label}
            items={choices.slice(0, most)}
            selectionMode="none"
            onAction={(id) => onPick(String(id))}
            className={styles.list}
            renderEmptyState={() => <div className={styles.empty}>{empty}</div>}
          >
            {(choice) => (
              <ListBoxItem id={choice.id} textValue={choice.text} className={styles.item}>
                <span>{choice.text}</span>
                <small>{choice.note}</small>
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}
