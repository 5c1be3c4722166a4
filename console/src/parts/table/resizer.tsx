import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { texts } from '../../texts';
import styles from './data-table.module.css';

const least = 48;
const most = 900;

/** The edge of a column, to be dragged, or moved with the arrow keys. */
export function Resizer({ name, size, onSize }: { name: string; size: number; onSize: (size: number) => void }) {
  const begun = useRef<{ x: number; width: number } | undefined>(undefined);
  const set = (width: number) => onSize(Math.round(Math.max(least, Math.min(most, width))));
  function down(event: PointerEvent<HTMLElement>): void {
    const cell = event.currentTarget.parentElement as HTMLElement;
    begun.current = { x: event.clientX, width: cell.getBoundingClientRect().width };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  }
  function move(event: PointerEvent<HTMLElement>): void {
    if (begun.current) {
      set(begun.current.width + event.clientX - begun.current.x);
    }
  }
  function key(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
    if (step !== 0) {
      event.preventDefault();
      event.stopPropagation();
      set((event.currentTarget.parentElement as HTMLElement).getBoundingClientRect().width + step);
    }
  }
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={texts.parts.table.resize(name)}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={-1}
      className={styles.resizer}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={() => (begun.current = undefined)}
      onKeyDown={key}
    />
  );
}
