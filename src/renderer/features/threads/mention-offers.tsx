/** While somebody types @na, the members whose names begin so; one press writes the name out. */
import type { RefObject } from 'react';
import { MemberAvatar } from '../../company/member-avatar.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { beginOfMention, withMention } from './mention-typing.ts';

const offered = 6;

interface MentionOffersProps {
  text: string;
  onPick: (text: string) => void;
  box: RefObject<HTMLTextAreaElement | null>;
}

export function MentionOffers({ text, onPick, box }: MentionOffersProps) {
  const begin = beginOfMention(text);
  const members = useLive((state) =>
    begin === null
      ? []
      : [...state.members.values()]
          .filter(({ name }) => name.toLowerCase().startsWith(begin.toLowerCase()) && name !== begin)
          .sort((a, b) => a.name.localeCompare(b.name))
          .slice(0, offered),
  );
  if (members.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1">
      {members.map((member) => (
        <li key={member.id}>
          <button
            type="button"
            className="flex items-center gap-1.5 rounded-md border border-line bg-raised py-0.5 pr-2 pl-1 hover:border-alive"
            onClick={() => {
              onPick(withMention(text, member.name));
              box.current?.focus();
            }}
          >
            <MemberAvatar member={member} size="small" />
            {member.name}
          </button>
        </li>
      ))}
    </ul>
  );
}
