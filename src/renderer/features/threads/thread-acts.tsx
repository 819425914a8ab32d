/** What may become of a thread: it waits, is resolved, is opened again, gets another priority. */
import { useState } from 'react';
import type { Thread } from '../../../core/board/board.ts';
import type { CommandInput } from '../../../core/command.ts';
import type { Priority } from '../../../core/workflow/workflow.ts';
import { priorities } from '../../../core/workflow/workflow.ts';
import { strings as shared } from '../../company/strings.ts';
import { Button } from '../../design/button.tsx';
import { Menu } from '../../design/menu.tsx';
import { toast } from '../../design/toast.tsx';
import { useActs } from '../../lib/acts.ts';
import { useConnection } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { strings } from './strings.ts';

export function ThreadActs({ thread: { id: threadId, state, priority } }: { thread: Thread }) {
  const connection = useConnection();
  const [pending, setPending] = useState(false);
  const give = (command: CommandInput) => {
    setPending(true);
    connection.coordination
      .command(command)
      .catch((error: unknown) => toast('failure', asCoordError(error).message))
      .finally(() => setPending(false));
  };
  const prioritize = (to: Priority) => () => give({ type: 'thread.prioritize', threadId, priority: to });
  const reopen = () => give({ type: 'thread.reopen', threadId });
  const resolve = () => give({ type: 'thread.resolve', threadId });
  const acts = priorities
    .toReversed()
    .filter((one) => one !== priority)
    .map((one) => ({
      id: one as string,
      label: strings.priority(shared.priorities[one].toLowerCase()),
      act: prioritize(one),
    }));
  const wait = { id: 'wait', label: strings.wait, act: () => give({ type: 'thread.wait', threadId }) };
  useActs(
    {
      'thread.reopen': state === 'resolved' && reopen,
      'thread.resolve': state !== 'resolved' && resolve,
      'thread.wait': state === 'active' && wait.act,
      'thread.urgent': prioritize('URGENT'),
      'thread.high': prioritize('HIGH'),
      'thread.normal': prioritize('NORMAL'),
      'thread.low': prioritize('LOW'),
    },
    threadId,
  );
  return (
    <>
      {state === 'resolved' ? (
        <Button isPending={pending} onPress={reopen}>
          {strings.reopen}
        </Button>
      ) : (
        <Button icon="check" isPending={pending} onPress={resolve}>
          {strings.resolve}
        </Button>
      )}
      <Menu label={strings.acts} acts={state === 'active' ? [wait, ...acts] : acts} />
    </>
  );
}
