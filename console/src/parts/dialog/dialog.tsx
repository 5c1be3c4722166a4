import { useState, type FormEvent, type ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { texts } from '../../texts';
import { Button, IconButton } from '../button';
import styles from './dialog.module.css';

type Props = { title: string; onClose: () => void; wide?: boolean; children: ReactNode; footer?: ReactNode; urgent?: boolean };

const words = texts.parts.dialog;
const isText = ({ target }: FormEvent) => target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');

/** A dialog over the page. It is there for as long as it is rendered; Escape and a press beside it close it, and ask first once something was typed. */
export function Dialog({ title, onClose, wide = false, children, footer, urgent = false }: Props) {
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);
  const leave = () => (typed ? setAsking(true) : onClose());
  return (
    <ModalOverlay isOpen isDismissable={!urgent} onOpenChange={(open) => !open && leave()} className={styles.veil}>
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog} role={urgent ? 'alertdialog' : 'dialog'}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title}>{title}</Heading>
            <IconButton name={words.close} onPress={onClose}>✕</IconButton>
          </header>
          <div className={styles.body} onInput={(event) => isText(event) && setTyped(true)}>
            {children}
          </div>
          {asking && (
            <div className={styles.asking} role="alert">
              <span>{words.typed}</span>
              <Button autoFocus onPress={() => setAsking(false)}>
                {words.goOn}
              </Button>
              <Button look="danger" onPress={onClose}>
                {words.leave}
              </Button>
            </div>
          )}
          {footer && <footer className={styles.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
