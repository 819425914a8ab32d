/** Which folder is to be reviewed, and by what. */
import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import type { ReviewView } from '../../../contract/reviews.ts';
import { Button } from '../../design/button.tsx';
import { Field } from '../../design/field.tsx';
import { Segmented } from '../../design/segmented.tsx';
import { useActs } from '../../lib/acts.ts';
import { strings } from './strings.ts';
import { useReviewAct } from './use-reviews.ts';

type By = 'rules' | 'model';

export interface StartFormProps {
  isBusy: boolean;
  onStarted: (review: ReviewView) => void;
}

export function StartForm({ isBusy, onStarted }: StartFormProps) {
  const [path, setPath] = useState('');
  const [by, setBy] = useState<By>('rules');
  const [model, setModel] = useState('');
  const { run, pending, refusal } = useReviewAct();
  const form = useRef<HTMLFormElement>(null);
  useActs({ 'reviews.start': () => form.current?.querySelector('input')?.focus() });
  const isReady = path.trim() !== '' && (by === 'rules' || model.trim() !== '') && !isBusy && !pending;
  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const started = await run((host) => host.startReview({ path, model: by === 'model' ? model : null }));
    if (started) onStarted(started);
  };
  return (
    <form ref={form} onSubmit={(event) => void start(event)} className="flex flex-col gap-3">
      <div className="grid items-start gap-3 md:grid-cols-[minmax(0,1fr)_auto]">
        <Field
          label={strings.folder}
          value={path}
          onChange={setPath}
          placeholder="/home/ada/src/shop"
          help={by === 'rules' ? `${strings.folderHelp} ${strings.rulesHelp}` : strings.folderHelp}
          error={refusal?.message ?? null}
        />
        <div className="flex items-end gap-3 md:pt-5">
          <Segmented
            label={strings.by}
            value={by}
            onChange={setBy}
            segments={[
              { value: 'rules', label: strings.rules },
              { value: 'model', label: strings.model },
            ]}
          />
          <Button look="primary" type="submit" isDisabled={!isReady}>
            {strings.start}
          </Button>
        </div>
      </div>
      {by === 'model' && (
        <div className="max-w-md">
          <Field
            label={strings.modelName}
            value={model}
            onChange={setModel}
            placeholder="claude-sonnet-5"
            help={strings.modelHelp}
          />
        </div>
      )}
    </form>
  );
}
