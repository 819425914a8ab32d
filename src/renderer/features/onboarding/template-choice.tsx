/** The choice of a template, each with its size. */
import { Radio, RadioGroup } from 'react-aria-components';
import type { CompanyPreview } from './preview-company.ts';
import { strings } from './strings.ts';

export interface TemplateChoiceProps {
  previews: readonly CompanyPreview[];
  value: string;
  onChange: (template: string) => void;
}

export function TemplateChoice({ previews, value, onChange }: TemplateChoiceProps) {
  return (
    <RadioGroup
      aria-label={strings.template}
      value={value}
      onChange={onChange}
      className="flex flex-col gap-2"
    >
      {previews.map((preview) => (
        <Radio
          key={preview.template}
          value={preview.template}
          className="rounded-md border border-line bg-surface px-4 py-3 transition-colors duration-150 data-hovered:border-line-strong data-selected:border-alive data-selected:bg-alive-soft"
        >
          <span className="flex items-baseline justify-between gap-2">
            <span className="font-semibold text-base">{templateTitle(preview.template)}</span>
            <span className="text-muted text-xs">{strings.members(preview.memberCount)}</span>
          </span>
          <span className="mt-0.5 block text-muted">{strings.templates[preview.template]?.text}</span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

export function templateTitle(template: string): string {
  return strings.templates[template]?.title ?? template;
}
