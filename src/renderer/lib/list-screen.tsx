/** A screen with a list at the left and one of its items at the right, which the address names; j and k walk over the list. */
import type { ReactNode } from 'react';
import { useRef } from 'react';
import { useLocation } from 'wouter';
import { ListDetail } from '../design/list-detail.tsx';
import { Page } from '../design/page.tsx';
import type { Segment } from '../design/segmented.tsx';
import { Segmented } from '../design/segmented.tsx';
import { useKeys } from './use-keys.ts';

export interface ListScreenProps<Kind extends string> {
  title: string;
  /** Its address while no item is chosen. */
  path: string;
  /** Names the choice of a kind. */
  show: string;
  kinds: readonly Segment<Kind>[];
  /** Which of them the list has now. */
  kind: Kind;
  onKind: (kind: Kind) => void;
  /** Names the list. */
  label: string;
  /** Its items are links with `data-item`; the one whose detail is shown has `aria-current`. */
  list: ReactNode;
  detail: ReactNode;
  /** The address names the item. */
  isChosen: boolean;
  /** What can be done there, at the end of the title. */
  actions?: ReactNode;
  /** Takes the place of list and detail, unless it is null. */
  empty: ReactNode;
}

export function ListScreen<Kind extends string>(props: ListScreenProps<Kind>) {
  const { title, path, show, kinds, kind, onKind, label, list, detail, isChosen, empty, actions } = props;
  const [, navigate] = useLocation();
  const items = useRef<HTMLElement>(null);
  const walk = (step: 1 | -1) => () => {
    const links = [...(items.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const next = links[links.findIndex((link) => link.ariaCurrent === 'true') + step];
    next?.click();
    next?.focus();
  };
  useKeys({ j: walk(1), k: walk(-1) });
  return (
    <Page
      title={title}
      fixed
      actions={actions}
      beside={
        <div className="pl-2">
          <Segmented
            label={show}
            value={kind}
            onChange={(next) => {
              onKind(next);
              navigate(path);
            }}
            segments={kinds}
          />
        </div>
      }
    >
      {empty ?? (
        <ListDetail
          label={label}
          listRef={items}
          list={list}
          isChosen={isChosen}
          back={{ href: path, label: title }}
          detail={detail}
        />
      )}
    </Page>
  );
}
