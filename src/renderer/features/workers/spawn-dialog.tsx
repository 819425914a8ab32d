/** Asks for workers: for whom, how many, started by what and doing tasks by what; with what it will come to. */
import { useState } from 'react';
import type { MemberId, RoleId } from '../../../core/ids.ts';
import { memberIdSchema, roleIdSchema } from '../../../core/ids.ts';
import type { CompanyState } from '../../../core/state.ts';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { DialogActs } from '../../design/dialog-acts.tsx';
import { Field } from '../../design/field.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { toast } from '../../design/toast.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { useCommand } from '../../lib/use-command.ts';
import { LauncherChoice } from './launcher-choice.tsx';
import { countIn } from './limits-dialog.tsx';
import { strings } from './strings.ts';
import { useStaffing } from './use-staffing.ts';
import { isUp } from './worker-tasks.ts';

interface SpawnDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function SpawnDialog({ isOpen, onClose }: SpawnDialogProps) {
  return (
    <Dialog title={strings.spawn} closeLabel={strings.spawnNot} isOpen={isOpen} onClose={onClose}>
      <SpawnForm onClose={onClose} />
    </Dialog>
  );
}

const asUsual = 'usual';
const most = 100;

function SpawnForm({ onClose }: { onClose: () => void }) {
  const { answer: staffing, refusal: unknown } = useStaffing();
  const targets = useLive(spawnTargets);
  const [chosen, setTarget] = useState<string | null>(null);
  const [countText, setCount] = useState('1');
  const [launcher, setLauncher] = useState<string>(asUsual);
  const [runner, setRunner] = useState<string>(asUsual);
  const { run, pending, refusal } = useCommand();
  if (unknown) return <Notice tone="failure">{unknown}</Notice>;
  if (!staffing) return <Skeleton label={strings.capacityLoading} rows={4} />;
  const withRoom = targets.find(({ room }) => room > 0) ?? targets[0];
  const target = targets.find(({ value }) => value === chosen) ?? withRoom;
  if (!target) return <p className="text-muted">{strings.noAgents}</p>;
  const count = countIn(countText, most);
  const used = staffing.launchers.find(({ name, isUsual }) =>
    launcher === asUsual ? isUsual : name === launcher,
  );
  const start = async () => {
    if (count === null) return;
    const done = await run({
      type: 'worker.request',
      ...target.wish,
      count,
      launcher: launcher === asUsual ? null : launcher,
      runner: runner === asUsual ? null : runner,
    });
    if (!done) return;
    toast('alive', strings.spawned(count));
    onClose();
  };
  const usualRunner = staffing.runners.find(({ isUsual }) => isUsual)?.name ?? '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
      className="flex flex-col gap-4"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
        <Select label={strings.spawnFor} options={targets} value={target.value} onChange={setTarget} />
        <Field
          label={strings.count}
          value={countText}
          onChange={setCount}
          inputMode="numeric"
          error={count === null ? strings.countFrom(most) : null}
        />
      </div>
      <LauncherChoice
        launchers={staffing.launchers}
        value={launcher}
        usual={asUsual}
        onChange={setLauncher}
      />
      <Select
        label={strings.runnerName}
        options={[
          { value: asUsual, label: strings.usualRunner(usualRunner) },
          ...staffing.runners.map(({ name }) => ({ value: name, label: strings.runners[name] ?? name })),
        ]}
        value={runner}
        onChange={setRunner}
      />
      {count !== null && (
        <Consequence
          live={staffing.workers.live}
          atMost={staffing.workers.atMost}
          count={count}
          room={target.room}
          name={target.label}
        />
      )}
      {used?.because && (
        <Notice tone="waiting" title={strings.launcherCant(strings.launchers[used.name] ?? used.name)}>
          {used.because}
        </Notice>
      )}
      {refusal && <Notice tone="failure">{refusal.message}</Notice>}
      <DialogActs leave={strings.spawnNot} onLeave={onClose}>
        <Button
          look="primary"
          type="submit"
          isPending={pending}
          isDisabled={count === null || used?.because != null}
        >
          {strings.spawnNow(count ?? 1)}
        </Button>
      </DialogActs>
    </form>
  );
}

interface ConsequenceProps {
  live: number;
  atMost: number;
  count: number;
  /** So many more may the agents have that are asked for. */
  room: number;
  name: string;
}

function Consequence({ live, atMost, count, room, name }: ConsequenceProps) {
  const waiting = Math.max(0, live + count - atMost);
  return (
    <div role="status" className="flex flex-col gap-0.5 rounded-md border border-line bg-sunken px-3 py-2">
      <p className="font-medium tabular-nums">{strings.willBe(Math.min(atMost, live + count), atMost)}</p>
      {waiting > 0 && <p className="text-waiting">{strings.willWait(waiting)}</p>}
      <p className={room < count ? 'text-waiting' : 'text-muted text-xs'}>{strings.roomOf(name, room)}</p>
    </div>
  );
}

interface SpawnTarget {
  readonly value: string;
  readonly label: string;
  readonly wish: { readonly memberId: MemberId } | { readonly roleId: RoleId };
  readonly room: number;
}

/** Roles of several agents first, then each agent. */
function spawnTargets(state: CompanyState): SpawnTarget[] {
  const agents = [...state.members.values()].filter(({ kind }) => kind === 'agent');
  const roomOf = ({ id, maxConcurrent }: (typeof agents)[number]) =>
    Math.max(0, maxConcurrent - [...state.index.workersByMember.get(id)].filter(isUp).length);
  const byRole = new Map<RoleId, typeof agents>();
  for (const agent of agents) {
    for (const roleId of agent.roleIds) byRole.set(roleId, [...(byRole.get(roleId) ?? []), agent]);
  }
  const roles = [...byRole]
    .filter(([, own]) => own.length > 1)
    .map(
      ([roleId, own]): SpawnTarget => ({
        value: `role:${roleId}`,
        label: strings.allOfRole(state.roles.get(roleId)?.title ?? roleId, own.length),
        wish: { roleId: roleIdSchema.parse(roleId) },
        room: own.reduce((sum, agent) => sum + roomOf(agent), 0),
      }),
    );
  const single = agents.map(
    (agent): SpawnTarget => ({
      value: agent.id,
      label: `${agent.name} · ${agent.roleIds.join(', ')}`,
      wish: { memberId: memberIdSchema.parse(agent.id) },
      room: roomOf(agent),
    }),
  );
  const byLabel = (a: SpawnTarget, b: SpawnTarget) => a.label.localeCompare(b.label);
  return [...single.sort(byLabel), ...roles.sort(byLabel)];
}
