/** What a host is called on the screen: by its name, and where another one has the same name, by the end of its id too. */
import { hostName } from '../../core/host/among-hosts.ts';
import type { HostId } from '../../core/ids.ts';
import type { CompanyState } from '../../core/state.ts';

const tellingEnd = 4;

export function hostLabel(state: Pick<CompanyState, 'hosts'>, id: HostId): string {
  const name = hostName(state, id);
  const isShared = [...state.hosts.values()].some((other) => other.id !== id && other.name === name);
  return isShared ? `${name} …${id.slice(-tellingEnd)}` : name;
}
