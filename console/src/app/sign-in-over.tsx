import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useSilence } from '../parts/feedback/toasts';
import { SignInCard } from './sign-in';
import styles from './sign-in.module.css';

/** Lies over the page of somebody whose session has ended, dialogs included: all of it stays as it is, and goes on with what was typed. */
export default function SignInOver() {
  useSilence();
  return (
    <ModalOverlay isOpen isKeyboardDismissDisabled className={styles.over}>
      <Modal>
        <Dialog role="alertdialog" aria-labelledby="sign-in" className={styles.page}>
          <SignInCard again over />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
