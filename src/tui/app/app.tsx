/** What is on the terminal: the way to a company, or its screens. */
import { useApp, useWindowSize } from 'ink';
import { useState } from 'react';
import type { Connection } from '../../rpc/client-company.ts';
import { paintLine, piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';
import { Dashboard } from './dashboard.tsx';
import { FirstRun } from './first-run.tsx';
import { Lines } from './lines.tsx';
import { Pick } from './pick.tsx';
import type { TerminalSettings } from './settings.ts';
import { useKeys } from './use-keys.ts';
import { useLive } from './use-view.ts';

/** A screen reader reads all that changes: no seconds that pass. */
const plainTickMs = 60_000;

export function App({ connection, settings }: { connection: Connection; settings: TerminalSettings }) {
  const { columns: width, rows } = useWindowSize();
  // The last line stays free: a terminal that scrolls would tear the picture.
  const height = Math.max(1, rows - 1);
  const live = useLive(connection, settings.isPlain ? plainTickMs : 1_000);
  const [isNew, setNew] = useState(false);
  const { status } = live;
  const size = { settings, width, height };
  switch (status.kind) {
    case 'live':
      return (
        <Dashboard
          key={connection.live.state.company?.id}
          connection={connection}
          live={live}
          isNew={isNew}
          {...size}
        />
      );
    case 'no-company':
      return <FirstRun connection={connection} onCreate={() => setNew(true)} {...size} />;
    case 'choose':
      return (
        <Pick
          title="Which company?"
          options={status.companies.map(({ id, name, template }) => ({
            id,
            line: [piece('strong', name), piece('over', `  ${template}, ${id}`)],
            detail: [],
          }))}
          onPick={(id) => void connection.choose(id as Parameters<Connection['choose']>[0])}
          {...size}
        />
      );
    case 'lost':
      if (status.hadCompany) {
        return (
          <Dashboard
            key={connection.live.state.company?.id}
            connection={connection}
            live={live}
            isNew={isNew}
            {...size}
          />
        );
      }
      return <Words text="No host answers; trying again …" {...size} />;
    case 'connecting':
      return <Words text="Connecting …" {...size} />;
    case 'refused':
      return <Words text={`${status.error.code}: ${status.error.message}`} {...size} />;
  }
}

/** Until there is more to show. */
function Words({ text, settings, width }: { text: string; settings: TerminalSettings; width: number }) {
  const { exit } = useApp();
  useKeys((key) => {
    if (['q', 'esc', 'ctrl+c'].includes(key)) exit();
  });
  const { ink } = settings;
  const lines = prose(text, width, 'strong').map((line) => paintLine(line, ink));
  return <Lines lines={[...lines, `${ink.paint('key', 'q')} ${ink.paint('over', 'quits')}`]} />;
}
