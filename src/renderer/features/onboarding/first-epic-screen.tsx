/** The second step: the new company gets its first epic. */
import { EpicComposer } from '../../company/epic-composer.tsx';
import { Button } from '../../design/button.tsx';
import { Wordmark } from '../../design/wordmark.tsx';
import { strings } from './strings.ts';

export interface FirstEpicScreenProps {
  onStarted: () => void;
  onLater: () => void;
}

export function FirstEpicScreen({ onStarted, onLater }: FirstEpicScreenProps) {
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-5xl flex-col gap-6 px-8 py-12">
        <header className="flex items-start justify-between gap-6">
          <div className="flex flex-col gap-2">
            <Wordmark text={strings.product} className="h-5 self-start" />
            <h1 className="mt-3 font-semibold text-2xl">{strings.firstEpic}</h1>
            <p className="max-w-[64ch] text-base text-muted">{strings.firstEpicMore}</p>
          </div>
          <Button look="quiet" onPress={onLater}>
            {strings.later}
          </Button>
        </header>
        <EpicComposer onStarted={onStarted} />
      </div>
    </main>
  );
}
