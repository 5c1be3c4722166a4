import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { texts } from '../../texts';
import { IconButton } from '../button';
import styles from './dialog.module.css';

type Props = { title: string; onClose: () => void; wide?: boolean; children: ReactNode; footer?: ReactNode; urgent?: boolean };

/** A dialog over the page. It is there for as long as it is rendered; Escape and a press beside it close it. */
export function Dialog({ title, onClose, wide = false, children, footer, urgent = false }: Props) {
  return (
    <ModalOverlay isOpen isDismissable={!urgent} onOpenChange={(open) => !open && onClose()} className={styles.veil}>
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog} role={urgent ? 'alertdialog' : 'dialog'}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title}>{title}</Heading>
            <IconButton name={texts.parts.dialog.close} onPress={onClose}>✕</IconButton>
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
