import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem, ListBoxSection } from 'react-aria-components/ListBox';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import { useSilence } from '../../parts/feedback/toasts';
import { texts } from '../../texts';
import { useAllCommands } from '../commands';
import { useScope } from '../scope';
import { takeTyped } from './ahead';
import { matching } from './matching';
import styles from './palette.module.css';
import { useFoundId, useFoundSchedules, useFoundTenants } from './use-found';

const words = texts.shell.palette;

/** Finds tenants, schedules, installs and runs, and does what can be done here: all by typing. */
export default function Palette({ onClose }: { onClose: () => void }) {
  useSilence();
  const [typed, setTyped] = useState('');
  const scope = useScope();
  const navigate = useNavigate();
  const commands = matching(useAllCommands(), typed);
  const found = useFoundSchedules(scope, typed, navigate);
  const sections = [
    { name: words.byId, items: useFoundId(scope, typed, navigate) },
    { name: words.tenants, items: useFoundTenants(scope, typed, navigate) },
    { name: words.schedules, items: found.schedules },
    { name: words.installs, items: found.installs },
    { name: words.commands, items: commands },
  ].filter((section) => section.items.length > 0);

  function arrived(): void {
    const ahead = takeTyped();
    setTyped((typed) => typed + ahead);
  }
  function carryOut(id: string): void {
    const picked = sections
      .flatMap((section) => section.items.map((item) => ({ key: `${section.name}/${item.id}`, item })))
      .find(({ key }) => key === id);
    onClose();
    // Once the dialog has given the focus back: what is done may open another, or move it.
    setTimeout(() => picked?.item.act());
  }

  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={styles.veil}>
      <Modal className={styles.modal}>
        <Dialog aria-label={words.label} className={styles.dialog}>
          <Autocomplete inputValue={typed} onInputChange={setTyped} filter={() => true}>
            <SearchField aria-label={words.label} autoFocus>
              <Input className={styles.input} placeholder={words.placeholder} maxLength={128} spellCheck="false" autoComplete="off" onFocus={arrived} />
            </SearchField>
            <ListBox
              aria-label={words.label}
              selectionMode="none"
              className={styles.list}
              onAction={(id) => carryOut(String(id))}
              renderEmptyState={() => (
                <div className={styles.empty}>
                  {found.searching ? texts.parts.loading : words.nothing} {words.hint}
                </div>
              )}
            >
              {sections.map((section) => (
                <ListBoxSection key={section.name} id={section.name}>
                  <Header className={styles.header}>{section.name}</Header>
                  {section.items.map((item) => (
                    <ListBoxItem key={item.id} id={`${section.name}/${item.id}`} textValue={item.text} className={styles.item}>
                      <span>{item.text}</span>
                      {item.hint && <small>{item.hint}</small>}
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
