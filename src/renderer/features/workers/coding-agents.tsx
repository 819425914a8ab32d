/** The coding agents of the host's machine that can do tasks: which are there, in which version, and whether somebody has logged in. */
import type { CodingAgent } from '../../../contract/staffing.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import type { Status } from '../../design/status-dot.tsx';
import { StatusDot } from '../../design/status-dot.tsx';
import { strings } from './strings.ts';
import { useCodingAgents } from './use-staffing.ts';

export function CodingAgents() {
  return (
    <section aria-labelledby="coding-agents">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="coding-agents" className="font-semibold text-base">
          {strings.codingAgents}
        </h2>
        <p className="min-w-0 flex-1 text-muted text-xs">{strings.codingAgentsMore}</p>
        <LookAgain />
      </div>
      <AgentList />
    </section>
  );
}

/** The same among the settings, which have a heading for it. */
export function CodingAgentsSetting() {
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full">
        <AgentList />
      </div>
      <LookAgain />
    </div>
  );
}

function LookAgain() {
  const { isAsking, askAgain } = useCodingAgents();
  return (
    <Button size="small" icon="retry" isPending={isAsking} onPress={askAgain}>
      {strings.lookAgain}
    </Button>
  );
}

function AgentList() {
  const { answer: agents, refusal } = useCodingAgents();
  return (
    <>
      {refusal && <Notice tone="failure">{refusal}</Notice>}
      {!agents && !refusal && <Skeleton label={strings.codingAgentsLoading} rows={3} />}
      {agents && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {agents.map((agent) => (
            <AgentLine
              key={agent.name}
              title={agent.title}
              status={statusOf(agent)}
              state={stateOf(agent)}
              more={moreOf(agent)}
              use={strings.asRunner(agent.name)}
            />
          ))}
          <AgentLine
            title={strings.customAgent}
            status="idle"
            state={strings.customState}
            more={strings.customMore}
            use={strings.asRunner('acp')}
          />
        </ul>
      )}
    </>
  );
}

interface AgentLineProps {
  title: string;
  status: Status;
  state: string;
  more: string;
  /** How a member is set to it. */
  use: string;
}

function AgentLine({ title, status, state, more, use }: AgentLineProps) {
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-4 py-2.5 md:grid-cols-[9rem_13rem_minmax(0,1fr)]">
      <span className="flex items-center gap-2">
        <StatusDot status={status} />
        <span className="font-medium">{title}</span>
      </span>
      <span>{state}</span>
      <span className="min-w-0 text-muted">
        {more}
        <code className="block break-words font-mono text-faint text-xs">{use}</code>
      </span>
    </li>
  );
}

function statusOf({ program, loggedIn }: CodingAgent): Status {
  if (program === null) return 'idle';
  return loggedIn === false ? 'waiting' : 'done';
}

function stateOf({ program, version, loggedIn }: CodingAgent): string {
  if (program === null) return strings.notInstalled;
  const login = loggedIn === null ? strings.loginUnknown : loggedIn ? strings.loggedIn : strings.notLoggedIn;
  return `${version === null ? strings.versionUnknown : strings.version(version)} · ${login}`;
}

function moreOf({ program, acp, adapter, name }: CodingAgent): string {
  if (program === null) return strings.notInstalledMore(name);
  if (acp) return strings.acpYes;
  return adapter === null ? strings.acpNo : strings.acpBy(adapter);
}
