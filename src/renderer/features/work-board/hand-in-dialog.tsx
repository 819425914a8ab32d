/** Hands in what a person made of a task: words, files, or both. */
import { useRef, useState } from 'react';
import type { Artifact, Task } from '../../../core/task/task.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Field } from '../../design/field.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { toast } from '../../design/toast.tsx';
import { bytesToBase64 } from '../../lib/bytes-to-base64.ts';
import { useCoordination } from '../../lib/company-context.tsx';
import { formatBytes } from '../../lib/format.ts';
import { asCoordError } from '../../lib/use-command.ts';
import { useDraft } from '../../lib/use-draft.ts';
import { strings } from './strings.ts';

const textName = 'result.md';

export function HandInDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  return (
    <Dialog title={strings.handInTitle(task.title)} closeLabel={strings.close} isOpen onClose={onClose}>
      <HandInForm task={task} onClose={onClose} />
    </Dialog>
  );
}

function HandInForm({ task, onClose }: { task: Task; onClose: () => void }) {
  const coordination = useCoordination();
  const [text, setText] = useDraft(`hand-in:${task.id}`);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isEmpty = text.trim() === '' && files.length === 0;

  const handIn = async () => {
    const { lease } = task;
    if (!lease) return;
    setPending(true);
    setRefusal(null);
    try {
      const artifacts: Artifact[] = [];
      for (const { path, bytes } of await contentsOf(text, files)) {
        artifacts.push(await coordination().putArtifact({ path, base64: bytesToBase64(bytes) }));
      }
      await coordination().command({ type: 'task.complete', taskId: task.id, token: lease.token, artifacts });
      setText('');
      toast('alive', strings.handedIn(task.title));
      onClose();
    } catch (error) {
      setRefusal(asCoordError(error).message);
    } finally {
      setPending(false);
    }
  };

  return (
    <div className="flex flex-col gap-4">
      <Field
        label={strings.handInText}
        help={strings.handInTextHelp}
        lines={8}
        value={text}
        onChange={setText}
        autoFocus
      />
      <div className="flex flex-col gap-1.5">
        <span className="flex items-center justify-between">
          <span className="font-medium text-muted text-xs">{strings.handInFiles}</span>
          <Button size="small" icon="plus" onPress={() => picker.current?.click()}>
            {strings.handInPick}
          </Button>
        </span>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={strings.handInFiles}
          onChange={({ target }) => {
            setFiles(withFiles(files, [...(target.files ?? [])]));
            target.value = '';
          }}
        />
        <ul className="flex flex-col gap-1">
          {files.map((file) => (
            <li key={file.name} className="flex items-center gap-2">
              <Icon name="file" className="text-faint" />
              <span className="min-w-0 flex-1 truncate">{file.name}</span>
              <span className="font-mono text-faint text-xs">{formatBytes(file.size)}</span>
              <Button
                look="quiet"
                size="small"
                icon="cross"
                aria-label={strings.handInDrop(file.name)}
                onPress={() => setFiles(files.filter((one) => one !== file))}
              />
            </li>
          ))}
        </ul>
      </div>
      {refusal !== null && <Notice tone="failure">{refusal}</Notice>}
      <div className="flex items-center justify-end gap-3">
        {isEmpty && <span className="text-faint text-xs">{strings.handInNothing}</span>}
        <Button look="primary" isPending={isPending} isDisabled={isEmpty} onPress={() => void handIn()}>
          {strings.handInAct}
        </Button>
      </div>
    </div>
  );
}

/** A file that is picked again takes the place of the one of its name. */
function withFiles(files: readonly File[], picked: readonly File[]): readonly File[] {
  return [...files.filter(({ name }) => !picked.some((one) => one.name === name)), ...picked];
}

/** The words first, unless a file of that name is there: then they are in the way, and are kept under another. */
async function contentsOf(
  text: string,
  files: readonly File[],
): Promise<{ readonly path: string; readonly bytes: Uint8Array }[]> {
  const picked = await Promise.all(
    files.map(async (file) => ({ path: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  if (text.trim() === '') return picked;
  const path = files.some(({ name }) => name === textName) ? `words-${textName}` : textName;
  return [{ path, bytes: new TextEncoder().encode(text) }, ...picked];
}
