/** Every key, by the screen where it works. */
import { Keys } from '../design/kbd.tsx';
import { strings } from './strings.ts';

export function KeyList() {
  return (
    <div className="gap-8 md:columns-2">
      {strings.keyGroups.map(({ title, keys }) => (
        <section key={title} className="mb-5 break-inside-avoid">
          <h3 className="mb-1.5 font-medium text-faint text-xs">{title}</h3>
          <dl className="grid grid-cols-[110px_1fr] gap-y-1.5">
            {keys.map(([key, act]) => (
              <div key={key} className="contents">
                <dt className="flex gap-1">
                  <Keys>{key}</Keys>
                </dt>
                <dd>{act}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
