/** A part of the page that stands in the past: whatever in it reads the live company reads that one. */
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { LiveCompany } from '../../contract/live-company.ts';
import { ConnectionProvider, useConnection } from './company-context.tsx';
import type { Moment } from './moment.ts';
import { MomentContext } from './moment.ts';
import { pastLine } from './past-line.ts';

export interface PastCompanyProps {
  /** The company as it was. */
  past: LiveCompany;
  moment: Moment;
  children: ReactNode;
}

export function PastCompany({ past, moment, children }: PastCompanyProps) {
  const now = useConnection();
  const line = useMemo(() => pastLine(now, past), [now, past]);
  return (
    <MomentContext value={moment}>
      <ConnectionProvider connection={line}>{children}</ConnectionProvider>
    </MomentContext>
  );
}
