/** Which artifacts the state of a company names, and who handed one in where. */
import type { ArtifactHash, HostId, MemberId } from '../core/ids.ts';
import type { CompanyState } from '../core/state.ts';

/** What tasks have handed in, and what approvals are about; the gates of a workflow are about the former. */
export function namedArtifacts({ tasks, gates }: CompanyState): ReadonlySet<ArtifactHash> {
  const named = new Set<ArtifactHash>();
  for (const { submission } of tasks.values()) {
    for (const { hash } of submission?.artifacts ?? []) named.add(hash);
  }
  for (const { request } of gates.values()) for (const { hash } of request?.artifacts ?? []) named.add(hash);
  return named;
}

export interface HandedIn {
  /** By name; null: the member is gone. */
  readonly by: string | null;
  /** Null: it was a person, or nothing tells any more. */
  readonly host: { readonly id: HostId; readonly name: string } | null;
}

/** Null: nothing names it. */
export function whoHandedIn(state: CompanyState, wanted: ArtifactHash): HandedIn | null {
  const nameOf = (id: MemberId) => state.members.get(id)?.name ?? null;
  for (const { submission, attempts } of state.tasks.values()) {
    if (!submission?.artifacts.some(({ hash }) => hash === wanted)) continue;
    const workerId = attempts.findLast(({ outcome }) => outcome === 'submitted')?.workerId ?? null;
    const id = workerId === null ? null : (state.workers.get(workerId)?.hostId ?? null);
    const host = id === null ? null : { id, name: state.hosts.get(id)?.name ?? id };
    return { by: nameOf(submission.memberId), host };
  }
  for (const { request } of state.gates.values()) {
    if (request?.artifacts.some(({ hash }) => hash === wanted)) return { by: nameOf(request.by), host: null };
  }
  return null;
}
