import { useBlocker, type ShouldBlockFn } from '@tanstack/react-router';
import { useCallback, useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { texts } from '../../texts';
import { Button, IconButton } from '../button';
import { useSilence } from '../feedback/toasts';
import styles from './dialog.module.css';
import { askBeforeLeaving } from './leaving';

type Props = {
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
  footer?: ReactNode;
  /** What would be gone with it though nobody typed it; a press beside it does not close it then. */
  loses?: { what: string; stay: string; leave: string };
};

const words = texts.parts.dialog;
const isText = ({ target }: FormEvent) => target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');

/**
 * A dialog over the page, for as long as it is rendered. Escape, a press beside it, its cross and the browser's ways back and forth ask first where something
 * would be lost, and the browser itself asks before it leaves the console with what was typed.
 */
export function Dialog({ title, onClose, wide = false, children, footer, loses }: Props) {
  useSilence();
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);
  useEffect(() => (typed ? askBeforeLeaving(window) : undefined), [typed]);
  const lost = loses ?? (typed ? { what: words.typed, stay: words.goOn, leave: words.leave } : undefined);
  // What is done in a dialog may lead to another page; of all else only somebody who goes back or forth leads there.
  const isLeft = useCallback<ShouldBlockFn>(({ action }) => {
    const left = action !== 'PUSH' && action !== 'REPLACE';
    setAsking((asked) => asked || left);
    return left;
  }, []);
  useBlocker({ shouldBlockFn: isLeft, disabled: !lost, enableBeforeUnload: false });
  const leave = () => (lost ? setAsking(true) : onClose());
  return (
    <ModalOverlay isOpen isDismissable={!loses} onOpenChange={(open) => !open && leave()} className={styles.veil}>
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog} role={loses ? 'alertdialog' : 'dialog'}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title}>{title}</Heading>
            <IconButton name={words.close} onPress={leave}>✕</IconButton>
          </header>
          <div className={styles.body} onInput={(event) => isText(event) && setTyped(true)}>
            {children}
          </div>
          {asking && lost && (
            <div className={styles.asking} role="alert">
              <span>{lost.what}</span>
              <Button autoFocus onPress={() => setAsking(false)}>
                {lost.stay}
              </Button>
              <Button look="danger" onPress={onClose}>
                {lost.leave}
              </Button>
            </div>
          )}
          {footer && <footer className={styles.foot}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
