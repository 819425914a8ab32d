/** Tabs over panels of the same thing, such as the files of a submission. */
import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

export function Tabs({ label, items }: { label: string; items: readonly TabItem[] }) {
  return (
    <AriaTabs className="flex min-w-0 flex-col">
      <TabList aria-label={label} className="flex gap-1 overflow-x-auto border-line border-b px-2">
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className="-mb-px whitespace-nowrap border-transparent border-b-2 px-2.5 py-2 text-muted transition-colors duration-150 data-selected:border-alive data-hovered:text-ink data-selected:text-ink"
          >
            {item.label}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="min-w-0">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
