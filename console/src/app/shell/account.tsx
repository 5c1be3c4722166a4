import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sessionQuery, signOut } from '../../api/session';
import { sayProblem } from '../../parts/feedback/toasts';
import { ActionMenu } from '../../parts/menu';
import { texts } from '../../texts';
import { useCommands } from '../commands';
import { useSession } from '../session';
import { setTheme, useTheme, type Theme } from '../theme';
import styles from './account.module.css';

const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Who is signed in, the theme, and signing out. */
export default function Account() {
  const session = useSession();
  const client = useQueryClient();
  const theme = useTheme();
  const words = texts.shell;

  const choices = useMemo(() => {
    async function leave(): Promise<void> {
      try {
        await signOut();
        client.setQueryData(sessionQuery.queryKey, null);
      } catch (error) {
        sayProblem(error);
      }
    }
    return [
      ...themes.map((choice) => ({
        id: choice,
        text: words.palette.useTheme(words.theme[choice]),
        checked: choice === theme,
        rare: true,
        act: () => setTheme(choice),
      })),
      { id: 'sign-out', text: words.signOut, rare: true, act: () => void leave() },
    ];
  }, [client, theme, words]);
  useCommands(choices);

  return (
    <div className={styles.account}>
      <ActionMenu name={words.account(session.name, words.roles[session.role] ?? session.role)} choices={choices} className={styles.button}>
        <span className={styles.name}>{session.name}</span>{' '}
        <small>{words.roles[session.role] ?? session.role}</small>
      </ActionMenu>
    </div>
  );
}
