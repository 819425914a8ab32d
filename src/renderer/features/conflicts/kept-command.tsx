/** What was asked: each thing by name, and the whole payload as it was kept, to read and to copy. */
import type { KeptCommand } from '../../../core/conflict/conflict.ts';
import { CodeBox } from '../../company/code-box.tsx';
import { commandFields } from '../../company/describe-command.ts';
import { CopyButton } from '../../design/copy-button.tsx';
import { useLive } from '../../lib/company-context.tsx';
import { Section } from './section.tsx';
import { strings } from './strings.ts';

export function KeptCommandView({ command }: { command: KeptCommand }) {
  const fields = useLive((state) => commandFields(state, command));
  const payload = JSON.stringify(command, null, 2);
  return (
    <>
      <Section title={strings.asked}>
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
          <dt className="text-muted">{strings.commandType}</dt>
          <dd className="font-mono text-[12.5px]">{command.type}</dd>
          {fields.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="whitespace-pre-wrap break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        title={strings.payload}
        beside={<CopyButton text={() => payload} label={strings.copy} copiedLabel={strings.copied} />}
      >
        <CodeBox className="max-h-80 overflow-y-auto rounded-lg border border-line bg-sunken px-4 py-3">
          {payload}
        </CodeBox>
      </Section>
    </>
  );
}
