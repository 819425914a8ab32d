/** Offers the epic that shows the whole company at work, in one press; or says what is missing for one. */
import { Link } from 'wouter';
import type { EpicId } from '../../../core/ids.ts';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { Notice } from '../../design/notice.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { asksAPerson, demoWorkflow } from './demo-state.ts';
import { strings } from './strings.ts';

export function DemoOffer({ onStarted }: { onStarted: (epicId: EpicId) => void }) {
  const { workflow, hasAny } = useLive((state) => ({
    workflow: demoWorkflow(state),
    hasAny: state.workflows.size > 0,
  }));
  const { run, pending, refusal } = useCommand();
  if (!workflow) {
    return (
      <Notice
        tone="waiting"
        title={strings.demoMissing}
        action={
          <Link href="/org" className="whitespace-nowrap text-alive underline underline-offset-2">
            {strings.ways.orgDo}
          </Link>
        }
      >
        {hasAny ? strings.demoMissingMore : strings.demoMissingAll}
      </Notice>
    );
  }
  const start = async () => {
    const receipt = await run({
      type: 'epic.create',
      title: strings.demoTitles[workflow.id] ?? strings.demoTitle,
      description: strings.demoDescription,
      workflow: workflow.id,
    });
    const created = receipt?.events.find(({ event }) => event.type === 'epic.created');
    if (created?.event.type === 'epic.created') onStarted(created.event.epic.id);
  };
  return (
    <Card tone="alive" className="flex flex-wrap items-center gap-x-6 gap-y-3 p-5">
      <div className="min-w-64 flex-1">
        <h2 className="font-semibold text-lg">{strings.demo}</h2>
        <p className="max-w-[66ch] text-muted">
          {asksAPerson(workflow) ? strings.demoMore(workflow.id) : strings.demoMoreAlone(workflow.id)}
        </p>
        {refusal && (
          <Notice tone="failure" className="mt-3">
            {refusal.message}
          </Notice>
        )}
      </div>
      <Button look="primary" icon="next" isPending={pending} onPress={() => void start()}>
        {strings.demoDo}
      </Button>
    </Card>
  );
}
