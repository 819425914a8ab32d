/** The workflows: a list of them, and the one that is drawn. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { WorkflowName } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Notice } from '../../design/notice.tsx';
import { Page } from '../../design/page.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { NewWorkflowDialog } from './new-workflow-dialog.tsx';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { useWorkflowDraft } from './use-workflow-draft.ts';
import { WorkflowEditor } from './workflow-editor.tsx';
import { useWorkflowEntries, WorkflowList } from './workflow-list.tsx';

export function WorkflowsScreen({ name }: { name: WorkflowName | null }) {
  const [, navigate] = useLocation();
  const entries = useWorkflowEntries();
  const roles = useLive((state) => [...state.roles.values()].map(({ id }) => id as string).sort());
  const [creates, setCreates] = useState(false);
  useActs({ 'workflows.new': () => setCreates(true) });
  const shown = name ?? entries[0]?.name ?? null;
  return (
    <Page
      title={strings.title}
      fixed
      actions={
        <Button look="primary" icon="plus" onPress={() => setCreates(true)}>
          {strings.create}
        </Button>
      }
    >
      <div className="flex h-full min-h-0 max-md:flex-col">
        <div className="flex w-56 shrink-0 flex-col border-line border-r max-md:max-h-40 max-md:w-full">
          <WorkflowList entries={entries} chosen={shown} />
        </div>
        {shown === null ? (
          <div className="flex-1">
            <EmptyState title={strings.none}>{strings.noneMore}</EmptyState>
          </div>
        ) : (
          <Chosen key={shown} name={shown} roles={roles} />
        )}
      </div>
      {creates && (
        <NewWorkflowDialog
          workflows={entries.flatMap(({ workflow }) => workflow ?? [])}
          taken={new Set(entries.map((entry) => entry.name))}
          onClose={() => setCreates(false)}
          onBegun={(begun) => {
            setCreates(false);
            navigate(`/workflows/${begun}`);
          }}
        />
      )}
    </Page>
  );
}

function Chosen({ name, roles }: { name: WorkflowName; roles: readonly string[] }) {
  const [, navigate] = useLocation();
  const draft = useWorkflowDraft(name);
  const [removes, setRemoves] = useState(false);
  useActs(draft ? { 'workflow.remove': () => setRemoves(true) } : {}, name);
  if (!draft) {
    return (
      <div className="flex-1">
        <EmptyState title={strings.noSuch(name)}>{strings.pick}</EmptyState>
      </div>
    );
  }
  return (
    <>
      <WorkflowEditor draft={draft} roles={roles} onRemove={() => setRemoves(true)} />
      {removes && (
        <RemoveDialog
          draft={draft}
          onClose={() => setRemoves(false)}
          onRemoved={() => {
            toast('alive', strings.removed(name));
            navigate('/workflows');
          }}
        />
      )}
    </>
  );
}

function RemoveDialog({
  draft,
  onClose,
  onRemoved,
}: {
  draft: WorkflowDraft;
  onClose: () => void;
  onRemoved: () => void;
}) {
  const { run, pending, refusal } = useCommand();
  const { id } = draft.drawn;
  const remove = async () => {
    if (!(await run({ type: 'workflow.remove', workflowId: id }))) return;
    draft.discard();
    onRemoved();
  };
  return (
    <Dialog title={strings.remove} closeLabel={strings.cancel} isOpen onClose={onClose}>
      <div className="flex flex-col gap-4">
        <p>{strings.removeSure(id)}</p>
        {refusal && <Notice tone="failure">{refusal.message}</Notice>}
        <DialogActs leave={strings.cancel} onLeave={onClose}>
          <Button look="danger" icon="trash" isPending={pending} onPress={() => void remove()}>
            {strings.remove}
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
