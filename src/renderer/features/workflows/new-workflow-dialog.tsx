/** Begins the drawing of a new workflow: its name, and what it starts from. */
import { useState } from 'react';
import type { RoleId, StepId, WorkflowName } from '../../../core/ids.ts';
import { workflowNameSchema } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import type { Workflow } from '../../../core/workflow/workflow.ts';
import { emptyStack } from '../../canvas/undo-stack.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Select } from '../../design/select.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { keepDraft } from './kept-drafts.ts';
import { strings } from './strings.ts';

export interface NewWorkflowDialogProps {
  workflows: readonly Workflow[];
  taken: ReadonlySet<string>;
  onClose: () => void;
  onBegun: (name: WorkflowName) => void;
}

const empty = '';

export function NewWorkflowDialog({ workflows, taken, onClose, onBegun }: NewWorkflowDialogProps) {
  const companyId = useLive(({ company }) => company?.id ?? '');
  const role = useLive(commonestRole);
  const [name, setName] = useState('');
  const [from, setFrom] = useState<string>(empty);
  const [isTried, setIsTried] = useState(false);
  const parsed = workflowNameSchema.safeParse(name);
  const refusal = !parsed.success ? strings.nameInvalid : taken.has(name) ? strings.nameTaken(name) : null;
  const begin = () => {
    setIsTried(true);
    if (!parsed.success || refusal !== null) return;
    const model = workflows.find(({ id }) => id === from);
    const start = { ...(model ?? oneStep(role)), id: parsed.data, version: 1 };
    keepDraft(companyId, parsed.data, { start, version: 0, stack: emptyStack() });
    onBegun(parsed.data);
  };
  return (
    <Dialog title={strings.createTitle} closeLabel={strings.cancel} isOpen onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <Field
          label={strings.createName}
          help={strings.createHelp}
          value={name}
          onChange={setName}
          error={isTried ? refusal : null}
          autoFocus
        />
        <Select
          label={strings.createFrom}
          options={[
            { value: empty, label: strings.createEmpty },
            ...workflows.map(({ id }) => ({ value: id as string, label: strings.copyOf(id) })),
          ]}
          value={from}
          onChange={setFrom}
        />
        <DialogActs leave={strings.cancel} onLeave={onClose}>
          <Button look="primary" type="submit">
            {strings.createGo}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

/** The one that most agents have. */
function commonestRole({ members }: CompanyState): string {
  const counts = new Map<string, number>();
  for (const { kind, roleIds } of members.values()) {
    const [first] = roleIds;
    if (kind === 'agent' && first) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 'engineer';
}

function oneStep(role: string): Omit<Workflow, 'id' | 'version'> {
  const step = {
    ...{ id: '1' as StepId, title: strings.newStep, roleId: role as RoleId, dependsOn: [], complexity: 1 },
    ...{ requiresCapabilities: [], checks: [], gates: [] },
  };
  return { priority: 'NORMAL', steps: [step] };
}
