import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import styles from './menu.module.css';

export type MenuChoice = { id: string; text: string; hint?: string | undefined; act: () => void; disabled?: boolean; checked?: boolean };

type Props = { name: string; choices: readonly MenuChoice[]; children: ReactNode; className?: string | undefined };

/** A button that opens a list of things to do. */
export function ActionMenu({ name, choices, children, className }: Props) {
  return (
    <MenuTrigger>
      <AriaButton aria-label={name} className={className ?? styles.button}>{children}</AriaButton>
      <Popover className={styles.popover}>
        <Menu
          aria-label={name}
          className={styles.menu}
          disabledKeys={choices.filter((choice) => choice.disabled).map((choice) => choice.id)}
          onAction={(id) => choices.find((choice) => choice.id === id)?.act()}
        >
          {choices.map((choice) => (
            <MenuItem key={choice.id} id={choice.id} textValue={choice.text} className={styles.item}>
              <span>{choice.text}{choice.checked && <span aria-hidden="true"> ✓</span>}</span>
              {choice.hint && <small>{choice.hint}</small>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
