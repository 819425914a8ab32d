/** What `agentcoord mcp` was told on its command line. */
import type { DurationMs } from '../../core/units.ts';
import type { ClientName } from '../../mcp/client-config.ts';

export interface McpOptions {
  readonly member?: string;
  readonly role?: string;
  readonly workingOn?: string;
  readonly http: boolean;
  readonly port?: number;
  readonly idle?: DurationMs;
  readonly printConfig?: ClientName;
  readonly conformance?: boolean;
}
