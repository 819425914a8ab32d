/** Settings: sections at the left, what each can be set to at the right, and a search over all of them. */
import type { ReactNode } from 'react';
import { useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { classNames } from '../../design/class-names.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import type { IconName } from '../../design/icon.tsx';
import { Icon } from '../../design/icon.tsx';
import { ListDetail } from '../../design/list-detail.tsx';
import { Page } from '../../design/page.tsx';
import { SearchBox } from '../../design/search-box.tsx';
import { useActs } from '../../lib/acts.ts';
import { useKeys } from '../../lib/use-keys.ts';
import type { SectionId } from './find-settings.ts';
import { findSettings, sectionIn } from './find-settings.ts';
import type { SettingEntry } from './setting-entries.ts';
import { settingEntries } from './setting-entries.ts';
import { SettingRow } from './setting-row.tsx';
import { strings } from './strings.ts';

const icons: Readonly<Record<SectionId, IconName>> = {
  appearance: 'contrast',
  notifications: 'bell',
  company: 'org',
  tokens: 'lock',
  updates: 'tail',
  keys: 'keyboard',
  about: 'info',
};

export interface SettingsScreenProps {
  /** As the address has it; undefined: none. */
  section: string | undefined;
  /** Of other features, each put into its section. */
  more: readonly SettingEntry[];
}

export function SettingsScreen({ section: named, more }: SettingsScreenProps) {
  const [text, setText] = useState('');
  const [, navigate] = useLocation();
  const search = useRef<HTMLInputElement>(null);
  const items = useRef<HTMLElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  useActs({ 'settings.find': () => search.current?.focus() });
  const entries = [...settingEntries, ...more];
  const there = [...new Set(entries.map(({ section }) => section))].sort(byOrder);
  const section = named === undefined ? 'appearance' : sectionIn(named);
  const shown = section === null ? [] : findSettings(entries, section, text, (id) => strings.sections[id]);
  const count = shown.reduce((sum, { entries: found }) => sum + found.length, 0);
  const isSearching = text.trim() !== '';
  return (
    <Page title={strings.title} fixed>
      <ListDetail
        label={strings.list}
        listRef={items}
        isChosen={named !== undefined}
        back={{ href: '/settings', label: strings.title }}
        list={
          <div className="flex flex-col gap-3">
            <SearchBox
              label={strings.search}
              value={text}
              onChange={(next) => {
                setText(next);
                // On a narrow window what is found takes the place of the list.
                if (named === undefined && next !== '') navigate('/settings/appearance');
              }}
              inputRef={search}
            />
            <ul className="flex flex-col gap-0.5">
              {there.map((id) => (
                <li key={id}>
                  <SectionLink id={id} isOpen={!isSearching && id === section} onOpen={() => setText('')} />
                </li>
              ))}
            </ul>
          </div>
        }
        detail={
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
          <div tabIndex={0} className="h-full overflow-y-auto outline-offset-[-2px]">
            <p role="status" className="sr-only">
              {isSearching ? strings.found(count) : ''}
            </p>
            {section === null && <EmptyState title={strings.noSection}>{strings.noSectionMore}</EmptyState>}
            {section !== null && shown.length === 0 && (
              <EmptyState title={strings.none}>{strings.noneMore}</EmptyState>
            )}
            <div className="mx-auto flex max-w-3xl flex-col gap-8 px-6 py-6 max-md:px-4">
              {shown.map((one) => (
                <Section key={one.section} id={one.section}>
                  {one.entries.map(({ id, title, help, wide = false, Control }) => (
                    <SettingRow key={id} title={title} help={help} wide={wide}>
                      <Control />
                    </SettingRow>
                  ))}
                </Section>
              ))}
            </div>
          </div>
        }
      />
    </Page>
  );
}

function SectionLink({ id, isOpen, onOpen }: { id: SectionId; isOpen: boolean; onOpen: () => void }) {
  return (
    <Link
      href={`/settings/${id}`}
      data-item
      aria-current={isOpen ? 'true' : undefined}
      onClick={onOpen}
      className={classNames(
        'flex h-9 items-center gap-2.5 rounded-md px-3 transition-colors duration-150',
        isOpen ? 'bg-chosen font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      <Icon name={icons[id]} className={isOpen ? 'text-alive' : ''} />
      {strings.sections[id]}
    </Link>
  );
}

function Section({ id, children }: { id: SectionId; children: ReactNode }) {
  return (
    <section aria-labelledby={`section-${id}`}>
      <h2 id={`section-${id}`} className="font-semibold text-xl">
        {strings.sections[id]}
      </h2>
      <p className="mt-0.5 mb-2 text-muted">{strings.sectionsMore[id]}</p>
      <div className="divide-y divide-line border-line border-t">{children}</div>
    </section>
  );
}

const order = Object.keys(icons);
const byOrder = (a: SectionId, b: SectionId): number => order.indexOf(a) - order.indexOf(b);
