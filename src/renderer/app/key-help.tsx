/** The list of keys, opened by `?`. */
import { Dialog } from '../design/dialog.tsx';
import { Kbd } from '../design/kbd.tsx';
import { strings } from './strings.ts';

export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      title={strings.keysTitle}
      closeLabel={strings.close}
      isOpen={isOpen}
      onClose={onClose}
      size="wide"
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by the keyboard */}
      <div tabIndex={0} className="gap-8 md:columns-2">
        {strings.keyGroups.map(({ title, keys }) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 font-medium text-faint text-xs">{title}</h3>
            <dl className="grid grid-cols-[110px_1fr] gap-y-1.5">
              {keys.map(([key, act]) => (
                <div key={key} className="contents">
                  <dt className="flex gap-1">
                    {key.split(' ').map((one) => (
                      <Kbd key={one}>{one}</Kbd>
                    ))}
                  </dt>
                  <dd>{act}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
