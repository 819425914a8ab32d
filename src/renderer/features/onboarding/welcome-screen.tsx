/** The very first screen: which company shall it be. */
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Horizon } from '../../design/horizon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { Wordmark } from '../../design/wordmark.tsx';
import { useConnection } from '../../lib/company-context.tsx';
import { asCoordError } from '../../lib/use-command.ts';
import { CompanyPreviewCard } from './company-preview-card.tsx';
import { strings } from './strings.ts';
import { TemplateChoice, templateTitle } from './template-choice.tsx';
import { useTemplates } from './use-templates.ts';

const recommended = 'scaleup';

/** @param onCreate is told, before it is made, whether the company has yet to be drawn */
export function WelcomeScreen({ onCreate }: { onCreate: (isEmpty: boolean) => void }) {
  const connection = useConnection();
  const { data: previews, error } = useTemplates();
  const [template, setTemplate] = useState(recommended);
  const [name, setName] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const preview = previews?.find((one) => one.template === template);
  const companyName = name ?? templateTitle(template);

  const create = async () => {
    setPending(true);
    setRefusal(null);
    onCreate(preview?.memberCount === 0);
    try {
      await connection.createCompany({ template }, companyName.trim());
    } catch (failure) {
      setRefusal(asCoordError(failure).message);
      setPending(false);
    }
  };

  return (
    <main className="relative h-full overflow-y-auto">
      <Horizon className="pointer-events-none fixed inset-x-0 bottom-0 h-40 opacity-40" />
      <div className="relative mx-auto flex max-w-6xl flex-col gap-7 px-8 py-12 max-md:px-4 max-md:py-6">
        <header className="flex flex-col gap-3">
          <Wordmark text={strings.product} className="h-9 self-start" />
          <h1 className="mt-3 font-semibold text-2xl">{strings.welcome}</h1>
          <p className="max-w-[64ch] text-base text-muted">{strings.welcomeMore}</p>
        </header>
        {error && (
          <Notice tone="failure" title={strings.templateFailed}>
            {asCoordError(error).message}
          </Notice>
        )}
        {!previews && !error && <Skeleton label={strings.templateLoading} rows={6} />}
        {previews && (
          <form
            className="grid grid-cols-[minmax(280px,340px)_1fr] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]"
            onSubmit={(event) => {
              event.preventDefault();
              void create();
            }}
          >
            <div className="flex flex-col gap-5">
              <TemplateChoice previews={previews} value={template} onChange={setTemplate} />
              <Field label={strings.name} value={companyName} onChange={setName} isRequired maxLength={80} />
              {refusal !== null && (
                <Notice tone="failure" title={strings.refused}>
                  {refusal}
                </Notice>
              )}
              <Button type="submit" look="primary" isPending={pending} isDisabled={companyName.trim() === ''}>
                {strings.create}
              </Button>
            </div>
            {preview && <CompanyPreviewCard preview={preview} />}
          </form>
        )}
      </div>
    </main>
  );
}
