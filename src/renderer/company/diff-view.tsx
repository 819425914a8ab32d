/** A unified diff, line by line: what came is marked by + and cyan, what went by - and amber. */
import { CodeBox } from './code-box.tsx';

const signs = {
  '+': { line: 'bg-alive-soft', sign: 'text-alive' },
  '-': { line: 'bg-waiting-soft', sign: 'text-waiting' },
  '@': { line: 'text-faint', sign: '' },
} as const;

export function DiffView({ text }: { text: string }) {
  return (
    <CodeBox className="py-3">
      <code className="block min-w-max">
        {text.split('\n').map((line, at) => {
          const look = lookOf(line);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other name
            <span key={at} className={`block min-h-5 px-5 ${look.line}`}>
              <span className={look.sign}>{line.charAt(0)}</span>
              {line.slice(1)}
            </span>
          );
        })}
      </code>
    </CodeBox>
  );
}

function lookOf(line: string): { readonly line: string; readonly sign: string } {
  if (/^(\+\+\+|---|diff |index )/.test(line)) return { line: 'font-semibold text-muted', sign: '' };
  const sign = line.charAt(0);
  return sign === '+' || sign === '-' || sign === '@' ? signs[sign] : { line: '', sign: '' };
}
