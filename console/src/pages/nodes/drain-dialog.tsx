import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { drainNode, previewDrain, resumeNode } from '../../api/nodes';
import { withReading } from '../../api/audit';
import type { Node } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { previewQuery, useSettled } from '../../parts/dialog/preview-query';
import { say } from '../../parts/feedback/toasts';
import { Unread } from '../../parts/feedback/unread';
import { NoteField } from '../../parts/form/note-field';
import { Mark } from '../../parts/outcome/mark';
import { list, texts } from '../../texts';

const words = texts.nodes.drain;

/** Has a node take nothing new: who takes what comes due is said first, as the server sees it. */
export function DrainDialog({ node, onClose }: { node: Node; onClose: () => void }) {
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const of = ['drain', node.id];
  const { data, error, refetch } = useQuery(previewQuery(of, useSettled(of), true, (signal) => previewDrain(node.id, signal)));
  async function drain(): Promise<void> {
    await drainNode(node.id, note.trim());
    say(words.done(node.name), withReading(() => resumeNode(node.id), () => refreshAll(client)), node.id);
    await refreshAll(client);
  }
  return (
    <FormDialog title={words.title(node.name)} submit={words.submit} look={data?.leavesNone ? 'danger' : 'main'} onSubmit={drain} onClose={onClose}>
      <p>{words.text}</p>
      {!data ? (
        <Unread of={{ error, refetch }} rows={1} />
      ) : data.leavesNone ? (
        <p>
          <Mark of="failed">{words.none}</Mark>
        </p>
      ) : (
        <p>{words.others(data.others.length, list(data.others))}</p>
      )}
      <NoteField words={words} value={note} onChange={setNote} />
    </FormDialog>
  );
}
