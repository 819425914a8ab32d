/** Before a draft is applied: what it changes, and whether this company could finish it. */
import type { Finding } from '../../../core/workflow/finding.ts';
import { SatisfiabilityList } from '../../company/satisfiability-list.tsx';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Notice } from '../../design/notice.tsx';
import { toast } from '../../design/toast.tsx';
import { ChangeList } from './change-list.tsx';
import { strings } from './strings.ts';
import type { WorkflowDraft } from './use-workflow-draft.ts';
import { changesBetween } from './workflow-changes.ts';

export interface ReviewDialogProps {
  draft: WorkflowDraft;
  findings: readonly Finding[];
  onClose: (isApplied: boolean) => void;
}

export function ReviewDialog({ draft, findings, onClose }: ReviewDialogProps) {
  const { base, drawn, command } = draft;
  const apply = async () => {
    const version = await draft.apply();
    if (version === null) return;
    toast('alive', strings.applied(drawn.id, version));
    onClose(true);
  };
  const leave = () => onClose(false);
  return (
    <Dialog title={strings.reviewTitle(drawn.id)} closeLabel={strings.cancel} isOpen onClose={leave}>
      <div className="flex flex-col gap-4">
        {draft.isOvertaken && <Notice tone="waiting">{strings.rebased}</Notice>}
        <ChangeList changes={changesBetween(base, drawn)} />
        {findings.length > 0 && (
          <SatisfiabilityList label={strings.findings} findings={findings} onRepair={null} />
        )}
        <p className="text-muted">{strings.reviewAbout}</p>
        {command.refusal && <Notice tone="failure">{command.refusal.message}</Notice>}
        <DialogActs leave={strings.cancel} onLeave={leave}>
          <Button look="primary" isPending={command.pending} onPress={() => void apply()}>
            {strings.apply}
          </Button>
        </DialogActs>
      </div>
    </Dialog>
  );
}
