/** Whether a host is ready: every company of its data directory is open, and it is not about to end. */
import type { HostHealth } from '../contract/health.ts';
import type { Companies } from '../coordinator/companies.ts';
import type { ErrorCode } from '../core/error.ts';
import type { CompanyId } from '../core/ids.ts';
import type { ErrorGuide } from '../rpc/http/error-guide.ts';

/** One that goes on without its log is ready: it takes work, and says what is wrong. */
export function healthOf(companies: Companies, guide: ErrorGuide, stopping: AbortSignal): HostHealth {
  const reason = (company: CompanyId | null, code: ErrorCode) => ({
    company,
    code,
    meaning: guide(code).meaning,
  });
  const closed = companies.failed.map(({ id, error }) => reason(id, error.code));
  const away = companies
    .all()
    .flatMap(({ id, coordinator }) => (coordinator.outage ? [reason(id, 'LOG_UNAVAILABLE')] : []));
  const ending = stopping.aborted ? [reason(null, 'NOT_CONNECTED')] : [];
  return {
    live: true,
    ready: closed.length === 0 && ending.length === 0,
    reasons: [...ending, ...closed, ...away],
  };
}
