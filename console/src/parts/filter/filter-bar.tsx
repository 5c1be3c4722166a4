import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, SubmenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { texts } from '../../texts';
import menu from '../menu.module.css';
import styles from './filter-bar.module.css';

/** Something to filter by: the name it has in the address, and the values that are offered. */
export type Filter = {
  name: string;
  label: string;
  options: ReadonlyArray<{ value: string; text: string }>;
  /** The chip, such as "failing" or "extension: com.acme.sync". */
  chip: (value: string) => string;
};

type Props = {
  filters: readonly Filter[];
  values: Readonly<Record<string, string | undefined>>;
  /** Undefined takes the filter away. */
  onChange: (name: string, value: string | undefined) => void;
  children?: ReactNode;
};

const words = texts.parts.filter;

/** The filters that are in force, each with a way to take it away, and a menu of others. What stands before them, such as the search, goes in as children. */
export function FilterBar({ filters, values, onChange, children }: Props) {
  const set = filters.filter((filter) => values[filter.name] !== undefined);
  const open = filters.filter((filter) => filter.options.length > 0);
  return (
    <div className={styles.bar}>
      {children}
      {set.map((filter) => {
        const chip = filter.chip(values[filter.name] ?? '');
        return (
          <span key={filter.name} className={styles.chip}>
            {chip}
            <Button className={styles.remove} aria-label={words.remove(chip)} onPress={() => onChange(filter.name, undefined)}>✕</Button>
          </span>
        );
      })}
      <MenuTrigger>
        <Button className={styles.add}>+ {words.add}</Button>
        <Popover className={menu.popover}>
          <Menu aria-label={words.add} className={menu.menu}>
            {open.map((filter) => (
              <SubmenuTrigger key={filter.name}>
                <MenuItem className={menu.item} textValue={filter.label}><span>{filter.label} <span aria-hidden="true">›</span></span></MenuItem>
                <Popover className={menu.popover}>
                  <Menu aria-label={filter.label} className={menu.menu} onAction={(value) => onChange(filter.name, String(value))}>
                    {filter.options.map((option) => (
                      <MenuItem key={option.value} id={option.value} className={menu.item}>{option.text}</MenuItem>
                    ))}
                  </Menu>
                </Popover>
              </SubmenuTrigger>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      {set.length > 1 && <Button className={styles.clear} onPress={() => set.forEach((filter) => onChange(filter.name, undefined))}>{words.clear}</Button>}
    </div>
  );
}
