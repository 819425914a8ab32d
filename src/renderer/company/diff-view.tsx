/** A unified diff, line by line: what came is marked by + and cyan, what went by - and amber. */
import { CodeBox } from './code-box.tsx';

const looks = {
  '+': 'bg-alive-soft text-alive',
  '-': 'bg-waiting-soft text-waiting',
  '@': 'text-faint',
} as const;

export function DiffView({ text }: { text: string }) {
  return (
    <CodeBox className="py-3">
      <code className="block min-w-max">
        {text.split('\n').map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other name
          <span key={at} className={`block min-h-5 px-5 ${lookOf(line)}`}>
            {line}
          </span>
        ))}
      </code>
    </CodeBox>
  );
}

function lookOf(line: string): string {
  if (/^(\+\+\+|---|diff |index )/.test(line)) return 'font-semibold text-muted';
  const sign = line.charAt(0);
  return sign === '+' || sign === '-' || sign === '@' ? looks[sign] : '';
}
