/** A text with numbered lines and coloured words, edited in place; what is wrong with it stands at its line and below. */
import { useMemo, useRef } from 'react';
import { StatusDot } from '../design/status-dot.tsx';
import { highlightYaml } from './highlight-yaml.ts';

export interface TextFinding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
}

export interface TextPaneProps {
  label: string;
  text: string;
  onChange: (text: string) => void;
  findings: readonly TextFinding[];
  /** Names the list of what is wrong. */
  findingsLabel: string;
  lineWord: (line: number) => string;
}

const linePx = 20;

export function TextPane({ label, text, onChange, findings, findingsLabel, lineWord }: TextPaneProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = useMemo(() => highlightYaml(text), [text]);
  const wrong = new Set(findings.map(({ line }) => line));
  const show = ({ line, column }: TextFinding) => {
    const at =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      column -
      1;
    area.current?.focus();
    area.current?.setSelectionRange(at, at);
    area.current?.parentElement?.parentElement?.scrollTo({ top: Math.max(0, (line - 6) * linePx) });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="own-scale min-h-0 flex-1 overflow-auto bg-sunken font-mono text-[12px] leading-5 -outline-offset-2 outline-alive has-[textarea:focus-visible]:outline-2">
        <div className="relative flex min-h-full w-max min-w-full py-2">
          <ol
            aria-hidden="true"
            className="sticky left-0 z-10 select-none bg-sunken pr-2 pl-3 text-right text-faint"
          >
            {lines.map((_, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              <li key={n} className={wrong.has(n + 1) ? 'font-semibold text-failure' : ''}>
                {n + 1}
              </li>
            ))}
          </ol>
          <div className="relative flex-1">
            <pre aria-hidden="true" className="pointer-events-none m-0 whitespace-pre pr-6">
              {lines.map((parts, n) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
                <span key={n} className={`block h-5 ${wrong.has(n + 1) ? 'bg-failure-soft' : ''}`}>
                  {parts.map(({ text: part, kind }, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
                    <span key={place} className={tones[kind]}>
                      {part}
                    </span>
                  ))}
                </span>
              ))}
            </pre>
            <textarea
              ref={area}
              aria-label={label}
              aria-invalid={findings.length > 0}
              value={text}
              onChange={(event) => onChange(event.target.value)}
              spellCheck={false}
              autoCapitalize="off"
              wrap="off"
              className="absolute inset-0 m-0 resize-none overflow-hidden whitespace-pre bg-transparent p-0 shadow-none outline-none text-transparent leading-5 caret-ink"
            />
          </div>
        </div>
      </div>
      {findings.length > 0 && (
        <ul
          aria-label={findingsLabel}
          className="max-h-44 shrink-0 overflow-y-auto border-failure/60 border-t bg-failure-soft py-1"
        >
          {findings.map((finding) => (
            <li key={`${finding.line}:${finding.column}:${finding.message}`}>
              <button
                type="button"
                onClick={() => show(finding)}
                className="flex w-full items-start gap-2 px-3 py-1 text-left hover:bg-hover"
              >
                <StatusDot status="failure" className="mt-1" />
                <span className="min-w-0 flex-1">
                  <span className="block text-ink">{finding.message}</span>
                  <span className="block text-muted text-xs">{finding.fix}</span>
                </span>
                <span className="font-mono text-failure text-xs">{lineWord(finding.line)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const tones = {
  plain: 'text-ink',
  key: 'text-alive',
  comment: 'text-faint italic',
  number: 'text-waiting',
  text: 'text-needs',
  mark: 'text-muted',
} as const;
