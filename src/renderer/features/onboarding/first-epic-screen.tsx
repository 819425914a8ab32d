/** The second step: the new company gets its first epic, the demo or one of the person's own. */
import type { EpicId } from '../../../core/ids.ts';
import { EpicComposer } from '../../company/epic-composer.tsx';
import { Button } from '../../design/button.tsx';
import { Wordmark } from '../../design/wordmark.tsx';
import { DemoOffer } from './demo-offer.tsx';
import { strings } from './strings.ts';

export interface FirstEpicScreenProps {
  onDemo: (epicId: EpicId) => void;
  onStarted: () => void;
  onLater: () => void;
}

export function FirstEpicScreen({ onDemo, onStarted, onLater }: FirstEpicScreenProps) {
  return (
    <main className="h-full overflow-y-auto" id="main" tabIndex={-1}>
      <div className="mx-auto flex max-w-5xl flex-col gap-6 px-8 py-12 max-md:px-4 max-md:py-6">
        <header className="flex items-start justify-between gap-6">
          <div className="flex flex-col gap-2">
            <Wordmark text={strings.product} className="h-5 self-start" />
            <h1 className="mt-3 font-semibold text-2xl">{strings.firstEpic}</h1>
            <p className="max-w-[64ch] text-base text-muted">{strings.firstEpicMore}</p>
          </div>
          <Button look="quiet" className="-mr-3" onPress={onLater}>
            {strings.later}
          </Button>
        </header>
        <DemoOffer onStarted={onDemo} />
        <h2 className="mt-2 font-semibold text-lg">{strings.orOwn}</h2>
        <EpicComposer onStarted={onStarted} />
      </div>
    </main>
  );
}
