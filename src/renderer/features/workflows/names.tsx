/** Who it could be, as a short list. */
import { Tag } from '../../design/tag.tsx';
import { strings } from './strings.ts';

const shown = 8;

export function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <p className="text-failure">{strings.nobody}</p>;
  return (
    <ul className="flex flex-wrap gap-1">
      {names.slice(0, shown).map((name) => (
        <li key={name}>
          <Tag>{name}</Tag>
        </li>
      ))}
      {names.length > shown && (
        <li className="text-faint text-xs">{strings.andMore(names.length - shown)}</li>
      )}
    </ul>
  );
}
