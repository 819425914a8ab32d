/** Who it is, at a glance: initials in a square for an agent, in a circle for a human. */
import type { Member } from '../../core/org/org.ts';
import { classNames } from '../design/class-names.ts';
import { strings } from './strings.ts';

export interface MemberAvatarProps {
  member: Pick<Member, 'name' | 'kind'>;
  size?: 'small' | 'normal';
  /** Lit while the member works. */
  live?: boolean;
}

export function MemberAvatar({ member, size = 'normal', live = false }: MemberAvatarProps) {
  return (
    <span
      role="img"
      aria-label={`${member.name}, ${strings[member.kind]}`}
      title={`${member.name} (${strings[member.kind]})`}
      className={classNames(
        'grid shrink-0 place-items-center border font-mono font-semibold uppercase leading-none',
        size === 'small' ? 'size-5 text-[9px]' : 'size-7 text-[11px]',
        member.kind === 'agent' ? 'rounded-sm' : 'rounded-full',
        live ? 'border-alive bg-alive-soft text-alive' : 'border-line-strong/70 bg-hover text-ink',
      )}
    >
      {initials(member.name)}
    </span>
  );
}

/** `backend_em` → `BE`; `Ada Lovelace` → `AL`; `owner` → `OW`. */
export function initials(name: string): string {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  const [first = '?', second] = words;
  return second ? `${first.charAt(0)}${second.charAt(0)}` : first.slice(0, 2);
}
