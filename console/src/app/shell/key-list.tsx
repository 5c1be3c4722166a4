import { Dialog } from '../../parts/dialog/dialog';
import { texts } from '../../texts';
import { useAllKeys } from '../keys';
import { useMay } from '../session';
import styles from './key-list.module.css';

/** Which keys do what, of the page that is looked at and of every page. */
export default function KeyList({ onClose }: { onClose: () => void }) {
  const may = useMay();
  const words = texts.shell.keys;
  const all = useAllKeys();
  const everywhere = all.filter((key) => key.group !== 'lists');
  const lists = [
    { keys: 'j', text: words.down }, { keys: 'k', text: words.up }, { keys: 'Enter', text: words.open },
    ...(may.change ? [{ keys: 'x', text: words.select }] : []), { keys: 'Home', text: words.first },
  ];
  return (
    <Dialog title={words.title} onClose={onClose}>
      {([[words.everywhere, everywhere], [words.lists, lists]] as const).map(([name, keys]) => (
        <section key={name}>
          <h3>{name}</h3>
          <dl className={styles.keys}>
            {keys.map((key) => (
              <div key={key.keys}>
                <dt>{key.keys.split(/[ +]/).map((press) => <kbd key={press}>{press === 'k' && key.keys.startsWith('Ctrl') ? 'K' : press}</kbd>)}</dt>
                <dd>{key.text}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
